/** @typedef {{ as: string, place: string, locale: string, theme: string }} Session */

/**
 * What this tab shows: who the reader is and where they are (in the address, so that two tabs can be two people), their
 * language (kept by the lab, per person) and the appearance (kept by the browser).
 * @returns {Session}
 */
export function createSession() {
  const query = new URL(location.href).searchParams;
  return {
    as: query.get('as') ?? 'ana',
    place: query.get('chat') ?? 'personal',
    locale: 'en-US',
    theme: localStorage.getItem('theme') ?? 'auto',
  };
}

/**
 * Puts the reader and the place into the address.
 * @param {Session} session
 */
export function rememberPlace({ as, place }) {
  const url = new URL(location.href);
  url.searchParams.set('as', as);
  url.searchParams.set('chat', place);
  window.history.replaceState(null, '', url);
}

/**
 * Shows the page light, dark, or as the system says.
 * @param {string} theme
 */
export function applyTheme(theme) {
  localStorage.setItem('theme', theme);
  document.documentElement.dataset.theme = theme;
}

/**
 * Until when this person has seen this conversation.
 * @param {string} as
 * @param {string} place
 */
export function seenUntil(as, place) {
  return localStorage.getItem(`seen ${as} ${place}`) ?? '';
}

/**
 * Notes that this person has seen this conversation up to this time.
 * @param {Pick<Session, 'as' | 'place'>} session
 * @param {string} [time]
 */
export function markSeen({ as, place }, time) {
  if (time) localStorage.setItem(`seen ${as} ${place}`, time);
}
