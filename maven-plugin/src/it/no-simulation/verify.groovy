def log = new File(basedir, 'build.log').text

assert log.contains('No simulation found in ' + new File(basedir, 'target/test-classes'))
assert log.contains('Write a class that extends dev.onrush.dsl.Simulation there')
assert !new File(basedir, 'target/onrush').exists()
