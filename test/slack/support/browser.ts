/** A browser as far as cookies go. */
export function browser() {
  const cookies = new Map<string, string>();
  return async (url: string, form?: Record<string, string>, origin = new URL(url).origin) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie, ...(form && { origin, 'content-type': 'application/x-www-form-urlencoded' }) },
      ...(form && { body: new URLSearchParams(form).toString() }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [name, value] = (set.split(';')[0] as string).split('=') as [string, string];
      if (/Expires=Thu, 01 Jan 1970/.test(set)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return { status: response.status, location: response.headers.get('location') ?? '', page: await response.text() };
  };
}
