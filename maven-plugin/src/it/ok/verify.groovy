def log = new File(basedir, 'build.log').text
def results = new File(basedir, 'target/onrush')
def run = new File(results, new File(results, 'latest.txt').text.trim())

assert results.listFiles().count { it.directory } == 1 : 'the run with onrush.skip must not have happened'
assert new File(run, 'index.html').text.contains('ok-run')
assert log.contains("shop.OkSimulation: exit code 0 (run done, all assertions hold). Report: ${run}/index.html")
assert log.contains("[INFO] Report: ${run}/index.html")
// Of a window: its own files in a folder of their own.
def window = new File(run, 'window-0s-end')
assert window.list() == ['requests.csv']
assert log.contains('[INFO] The report is made.')
assert log.contains('Skipped: onrush.skip is set.')
