def log = new File(basedir, 'build.log').text

assert log.contains('The build goes on, as failOnError is false; the goal verify fails it later.')
assert log =~ /Failed to execute goal dev\.onrush:onrush-maven-plugin:[^:]+:verify/
assert log.contains('shop.UnmetSimulation: exit code 2 (an assertion failed). Report: ')
