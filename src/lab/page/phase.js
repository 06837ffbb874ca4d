import { byId } from './element.js';

/**
 * What a card that is drawn again is about now: its title without what is counted, read out only where it is another
 * one than before. The card itself is silent by then.
 * @param {{ body: HTMLElement, phase?: string }} parts
 */
export function announcePhase(parts) {
  const title = parts.body.querySelector('[role="heading"], h3')?.textContent.trim() ?? '';
  const phase = title.split(' · ')[0];
  if (parts.phase !== undefined && phase !== parts.phase) byId('phase').textContent = title;
  parts.phase = phase;
}
