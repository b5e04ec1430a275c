// Which terminals show links (OSC 8). Those that do not may print the address, or garbage, so only these few get one.

/** What a terminal calls itself in TERM_PROGRAM, and the version from which on it shows links. */
const PROGRAMS: Readonly<Record<string, readonly [major: number, minor: number]>> = {
  'iTerm.app': [3, 1],
  WezTerm: [20200620, 0],
  vscode: [1, 72],
  ghostty: [0, 0],
  zed: [0, 0],
};

/** Versions in one number, as libvte counts: 0.50.1 is 5001; 0.50.0 crashed on links. */
const VTE = 5001;

/**
 * Whether the terminal of an environment shows links; in CI none does. FORCE_HYPERLINK=0 or 1 decides, as it does for other
 * tools.
 */
export function showsLinks(env: NodeJS.ProcessEnv): boolean {
  const forced = env['FORCE_HYPERLINK'];
  if (forced !== undefined) return forced !== '0';
  if (env['CI'] !== undefined || env['TEAMCITY_VERSION'] !== undefined) return false;
  if (env['TMUX'] !== undefined || /^(screen|tmux)/.test(env['TERM'] ?? '')) return false;
  if (env['WT_SESSION'] !== undefined || /^(xterm-kitty|alacritty)$/.test(env['TERM'] ?? '')) return true;
  if (Number(env['VTE_VERSION']) >= VTE) return true;
  const since = PROGRAMS[env['TERM_PROGRAM'] ?? ''];
  if (since === undefined) return false;
  const [major = 0, minor = 0] = (env['TERM_PROGRAM_VERSION'] ?? '').split(/[.-]/).map(Number);
  return major > since[0] || (major === since[0] && minor >= since[1]);
}
