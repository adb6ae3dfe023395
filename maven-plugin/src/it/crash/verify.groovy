def log = new File(basedir, 'build.log').text

assert log.contains('shop.EmptySimulation: exit code 3 (the run crashed or was aborted; the cause is printed above).')
assert new File(basedir, 'target/onrush').listFiles().count { it.directory } == 1
