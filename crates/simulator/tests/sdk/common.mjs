// What the JavaScript checks share: the simulator's announcement, its control face, and a browser's part in sign-in.
import assert from 'node:assert/strict';

export const ready = JSON.parse(process.env.SIMULATOR_READY);
export const [person, colleague] = ready.extensions;

export async function control(path, body, method = 'POST') {
  const response = await fetch(ready.control_url + path, {
    method,
    headers: {'Content-Type': 'application/json'},
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  assert.equal(response.status, 200, `${path}: ${JSON.stringify(answer)}`);
  return answer;
}

// Opens the login page as a browser would, chooses the person, allows, and returns where it was sent.
export async function consent(loginUrl, extensionId) {
  const page = await fetch(loginUrl);
  assert.equal(page.status, 200);
  const html = await page.text();
  const form = new URLSearchParams();
  for (const [, name, value] of html.matchAll(/<input type=hidden name=(\w+) value="([^"]*)">/g)) {
    form.set(name, value.replaceAll('&amp;', '&'));
  }
  form.set('person', extensionId);
  form.set('decision', 'allow');
  const sent = await fetch(`${ready.base_url}/restapi/oauth/authorize`, {method: 'POST', body: form, redirect: 'manual'});
  assert.equal(sent.status, 302);
  return sent.headers.get('location');
}

export function until(what, condition, seconds = 40) {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error(`nothing came: ${what}`)), seconds * 1000);
    const look = setInterval(async () => {
      const found = await condition();
      if (found) {
        clearTimeout(deadline);
        clearInterval(look);
        resolve(found);
      }
    }, 50);
  });
}

export function step(text) {
  console.log(`ok   ${text}`);
}
