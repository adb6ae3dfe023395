def log = new File(basedir, 'build.log').text
def results = new File(basedir, 'target/onrush')
def runs = results.listFiles().findAll { it.directory }.sort()
def run = runs[0]
def later = new File(results, new File(results, 'latest.txt').text.trim())

assert runs == [run, later] : 'the run with onrush.skip must not have happened'
assert new File(run, 'index.html').text.contains('ok-run')
assert log.contains("shop.OkSimulation: exit code 0 (run done, all assertions hold). Report: ${run}/index.html")
assert log.contains("[INFO] Report: ${run}/index.html")
// Of a window: its own files in a folder of their own.
def window = new File(run, 'window-0s-end')
assert window.list() == ['requests.csv']
assert log.contains('[INFO] The report is made.')
assert log.contains('Skipped: onrush.skip is set.')
assert log.contains("Comparing [${run}] with [${later}]")
assert new File(later, 'comparison.html').text.contains('too few to say')
