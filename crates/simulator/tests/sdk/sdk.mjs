// @ringcentral/sdk and @ringcentral/subscriptions against the simulator.
import assert from 'node:assert/strict';
import {SDK} from '@ringcentral/sdk';
import {Subscriptions} from '@ringcentral/subscriptions';
import {colleague, consent, control, person, ready, step, until} from './common.mjs';

const options = {server: ready.base_url, clientId: ready.client_id, clientSecret: ready.client_secret};

// JWT
const sdk = new SDK(options);
const platform = sdk.platform();
await platform.login({jwt: person.jwt});
const me = await (await platform.get('/restapi/v1.0/account/~/extension/~')).json();
assert.equal(me.extensionNumber, person.number);
step(`signs in with a JWT as ${person.number}`);

// Refresh
const before = (await platform.auth().data()).access_token;
await platform.refresh();
const after = (await platform.auth().data()).access_token;
assert.notEqual(after, before);
assert.equal((await platform.get('/restapi/v1.0/account/~')).status, 200);
step('refreshes its token');

// An expired access token is refreshed and the request repeated
await control('/tokens/expire', {});
assert.equal((await platform.get('/restapi/v1.0/account/~/extension/~')).status, 200);
step('recovers from an expired access token (access_token_ttl=-1)');

// Reading
const text = `Bars are cut ${Date.now()}`;
await control('/texts', {from: '+14155550123', to: person.phone_number, text});
const messages = await (await platform.get('/restapi/v1.0/account/~/extension/~/message-store', {messageType: ['SMS']})).json();
const message = messages.records.find(one => one.subject === text);
assert.ok(message, 'the text that came in is in the message store');
const content = await platform.get(message.attachments[0].uri);
assert.equal(await content.text(), text);
step('reads the message store and an attachment from the media host');

const dateFrom = new Date(Date.now() - 30 * 86_400_000).toISOString();
const calls = await (await platform.get('/restapi/v1.0/account/~/extension/~/call-log', {view: 'Detailed', perPage: 10, dateFrom})).json();
assert.ok(calls.records.length > 0 && calls.records[0].legs.length > 0);
const next = await (await platform.get(calls.navigation.nextPage.uri)).json();
assert.notEqual(next.records[0].id, calls.records[0].id);
step('reads the call log and follows its pages');

// An error as the SDK shows it
await assert.rejects(platform.get('/restapi/v1.0/account/~/extension/1'), error => {
  assert.match(error.message, /not found/);
  return true;
});
step('sees errors as errors');

// Subscription
const subscriptions = new Subscriptions({sdk});
const subscription = subscriptions.createSubscription();
const events = [];
subscription.on(subscription.events.notification, event => events.push(event));
await subscription
  .setEventFilters(['/restapi/v1.0/account/~/extension/~/message-store', '/restapi/v1.0/account/~/extension/~/telephony/sessions'])
  .register();
step('subscribes over WebSocket');
await control('/texts', {from: '+14155550123', to: person.phone_number, text: 'ping'});
await until('message-store event', () => events.find(event => /message-store$/.test(event.event)));
await control('/calls', {from: '+14155550123', to: person.number, ending: {kind: 'answered', talk_seconds: 1}, ring_seconds: 1});
const codes = () => events.filter(event => /telephony\/sessions$/.test(event.event)).map(event => event.body.parties[0].status.code);
await until('the whole call', () => codes().at(-1) === 'Disconnected');
assert.ok(codes().includes('Proceeding') && codes().includes('Answered'), codes().join());
step(`receives events: message-store, and a call (${codes().join(' → ')})`);

// Authorization code with PKCE, as a public application
const publicSdk = new SDK({server: ready.base_url, clientId: ready.client_id, redirectUri: 'http://localhost:5123/done', cachePrefix: 'public-'});
const publicPlatform = publicSdk.platform();
const loginUrl = publicPlatform.loginUrl({usePKCE: true, state: 'xyz'});
const colleagueId = (await (await platform.get('/restapi/v1.0/account/~/extension', {extensionNumber: colleague.number})).json()).records[0].id;
const returned = new URL(await consent(loginUrl, colleagueId));
const parameters = publicPlatform.parseLoginRedirect(returned.search);
assert.equal(parameters.state, 'xyz');
await publicPlatform.login(parameters);
const other = await (await publicPlatform.get('/restapi/v1.0/account/~/extension/~')).json();
assert.equal(other.extensionNumber, colleague.number);
await publicPlatform.refresh();
step(`signs in with a code and PKCE as ${colleague.number}, and refreshes without a secret`);

await publicPlatform.logout();
await platform.logout();
step('signs out');
process.exit(0);
