// Plain JavaScript: the system's Node runs it before anything is installed.

const TICK_SECONDS = 10;

/**
 * Runs `work` and says that it runs: a line at the start, one every ten seconds, one with the time it took.
 * Work of under a second says nothing but its name.
 *
 * @template T
 * @param {string} label what is done, as in `Building the console`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(label, work) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  console.log(`${label} …`);
  const ticker = setInterval(() => console.log(`  … ${seconds()} s`), TICK_SECONDS * 1000);
  try {
    const result = await work();
    if (seconds() > 0) console.log(`  done in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(ticker);
  }
}
