def log = new File(basedir, 'build.log').text
def runs = new File(basedir, 'target/onrush').listFiles().findAll { it.directory }

assert log.contains('2 simulations found, none chosen:')
assert log.contains('  shop.BrowseSimulation')
assert log.contains('  shop.BuySimulation')
assert runs.size() == 3 : 'one chosen, then both'
assert log.count('shop.BuySimulation: exit code 0 (run done, all assertions hold).') == 4 // by test and by verify
assert log.count('shop.BrowseSimulation: exit code 0 (run done, all assertions hold).') == 2
assert log.contains('simulationClass BuySimulation is not on the test class path. Found: shop.BrowseSimulation, shop.BuySimulation.'
    + ' Give the full name of a compiled class (mvn test-compile onrush:test).')
assert log.contains('BuySimulation: no mistakes found, nothing was sent.') // onrush:check, which leaves no run
assert log.contains(', 1 user started') // onrush:debug
assert log.contains(', 4 users started') // -Dusers=4 reaches the simulation
