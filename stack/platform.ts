/** The C library of this Linux: the Postgres binaries and Temporal's native client are built for glibc. */
function usesMusl(): boolean {
  if (process.platform !== 'linux') return false;
  const report: unknown = process.report.getReport();
  const header = typeof report === 'object' && report !== null && 'header' in report ? report.header : null;
  return !(typeof header === 'object' && header !== null && 'glibcVersionRuntime' in header);
}

/** What to do on a platform the embedded engines do not run on; null where they do. */
export function platformAdvice(): string | null {
  if (process.platform === 'win32') return 'Use WSL 2 with a glibc Linux.';
  if (process.platform !== 'linux' && process.platform !== 'darwin') return 'Use Linux (glibc) or macOS, or a container of one.';
  if (process.arch !== 'x64' && process.arch !== 'arm64') return 'Use an x64 or arm64 machine.';
  if (usesMusl()) return 'Use a distribution with glibc (Debian, Ubuntu, Fedora …): the native parts do not load on musl.';
  return null;
}
