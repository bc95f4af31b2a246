// @rc-ex/core and @rc-ex/ws against the simulator: typed reading, REST over WebSocket, recovery of a broken connection.
import assert from 'node:assert/strict';
import RingCentral from '@rc-ex/core';
import WebSocketExtension, {Events} from '@rc-ex/ws';
import {control, person, ready, step, until} from './common.mjs';

const rc = new RingCentral({server: ready.base_url, clientId: ready.client_id, clientSecret: ready.client_secret});
await rc.authorize({jwt: person.jwt});
assert.ok(rc.token.session_id);
step('signs in with a JWT');

const extension = await rc.restapi().account().extension().get();
assert.equal(extension.extensionNumber, person.number);
const sync = await rc.restapi().account().extension().messageSync().get({syncType: 'FSync', recordCount: 5});
assert.ok(sync.records.length > 0);
const again = await rc.restapi().account().extension().messageSync().get({syncType: 'ISync', syncToken: sync.syncInfo.syncToken});
assert.equal(again.syncInfo.syncType, 'ISync');
const callSync = await rc.restapi().account().extension().callLogSync().get({syncType: 'FSync', recordCount: 5});
assert.equal(callSync.records.length, 5);
const contacts = await rc.restapi().account().extension().addressBook().contact().list({perPage: 5});
assert.ok(contacts.records.length > 0);
step('reads extension, message-sync, call-log-sync and contacts with typed methods');

const sent = await rc.restapi().account().extension().sms().post({
  from: {phoneNumber: person.phone_number},
  to: [{phoneNumber: '+14155550124'}],
  text: 'From the extensible SDK',
});
assert.equal(sent.type, 'SMS');
step('sends a text');

const sockets = new WebSocketExtension({restOverWebSocket: true, autoRecover: {enabled: true, checkInterval: () => 1000}});
await rc.installExtension(sockets);
assert.equal(sockets.connectionDetails.recoveryTimeout, 180);
const overSocket = await rc.restapi().account().extension().get();
assert.equal(overSocket.id, extension.id);
step('asks REST over the WebSocket');

const events = [];
const subscription = await sockets.subscribe(
  ['/restapi/v1.0/account/~/extension/~/presence?detailedTelephonyState=true', '/restapi/v1.0/account/~/extension/~/message-store/instant?type=SMS'],
  event => events.push(event),
);
await control('/presence', {extension: person.number, message: 'Out', user_status: 'Busy'});
await until('presence', () => events.find(event => event.body.userStatus === 'Busy'));
step('receives a presence event');

// The connection breaks; what happens meanwhile comes after recovery.
const recovered = new Promise(resolve => sockets.eventEmitter.once(Events.autoRecoverSuccess, resolve));
await control('/sockets/close', {code: 1011});
await control('/texts', {from: '+14155550123', to: person.phone_number, text: 'while you were out'});
await recovered;
assert.equal(sockets.connectionDetails.recoveryState, 'Successful');
const missed = await until('the missed text', () => events.find(event => event.body.subject === 'while you were out'));
assert.equal(typeof missed.body.id, 'string');
step('recovers a broken connection and receives what it missed');

await control('/presence', {extension: person.number, user_status: 'Available', message: ''});
await subscription.revoke();
await sockets.revoke();
await rc.revoke();
step('signs out');
process.exit(0);
