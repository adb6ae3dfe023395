def log = new File(basedir, 'build.log').text
def results = new File(basedir, 'target/onrush')

assert results.listFiles().findAll { it.directory }.every { new File(it, 'index.html').exists() }
assert log.contains('1 of 1 simulation failed:')
assert log.contains('shop.UnmetSimulation: exit code 2 (an assertion failed). Report: ' + results)
assert log.contains('The build goes on, as continueOnAssertionFailure is set.')
