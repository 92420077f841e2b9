/** Takes the whole screen where the browser lets a page do so; without, the page fills its window. */
export function enterFullscreen(): void {
  document.documentElement.requestFullscreen().catch(() => undefined);
}

export function leaveFullscreen(): void {
  if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
}
