// ringcentral-call-control over @ringcentral/sdk and @ringcentral/subscriptions: a call as RingCentral's own clients see and
// steer it.
import assert from 'node:assert/strict';
import {SDK} from '@ringcentral/sdk';
import {Subscriptions} from '@ringcentral/subscriptions';
import callControlPackage from 'ringcentral-call-control';
import {colleague, control, person, ready, step, until} from './common.mjs';

const {RingCentralCallControl} = callControlPackage;
const sdk = new SDK({server: ready.base_url, clientId: ready.client_id, clientSecret: ready.client_secret, cachePrefix: 'calls-'});
await sdk.platform().login({jwt: person.jwt});

// A call that is on already is found through presence.
const early = await control('/calls', {from: '+14155550120', to: person.number});
const calls = new RingCentralCallControl({sdk});
await calls.initialize();
const find = id => calls.sessions.find(one => one.id === id);
assert.equal(find(early.telephonySessionId).party.status.code, 'Proceeding');
assert.ok(calls.devices.length > 0);
step('finds a call that rings already, through presence');

const subscription = new Subscriptions({sdk}).createSubscription();
subscription.on(subscription.events.notification, event => calls.onNotificationEvent(event));
await subscription.setEventFilters(['/restapi/v1.0/account/~/extension/~/telephony/sessions']).register();
await control(`/calls/${early.telephonySessionId}`, {step: 'caller_hangs_up'});
await until('the end of the first call', () => !find(early.telephonySessionId));
step('sees it end');

const next = async (from, to = person.number) => {
  const session = new Promise(resolve => calls.once('new', resolve));
  await control('/calls', {from, to});
  return session;
};
const state = (session, code) => until(code, () => session.party.status.code === code);

let session = await next('+14155550121');
await session.answer({deviceId: calls.devices[0].id});
await state(session, 'Answered');
await session.hold();
assert.equal(session.party.status.code, 'Hold');
await session.unhold();
await session.mute();
assert.equal(session.party.muted, true);
await session.unmute();
const recording = await session.createRecord();
assert.equal(recording.active, true);
assert.equal((await session.pauseRecord(recording.id)).active, false);
assert.equal((await session.resumeRecord(recording.id)).active, true);
await session.reload();
assert.equal(session.recordings[0].id, recording.id);
await session.transfer({extensionNumber: colleague.number});
await until('the transfer', () => session.otherParties.some(party => party.status.code === 'Proceeding') || session.party.status.reason === 'BlindTransfer');
await control(`/calls/${session.id}`, {step: 'caller_hangs_up'});
step('answers, holds, mutes, records and transfers a call');

session = await next('+14155550122');
await session.forward({extensionNumber: colleague.number});
await state(session, 'Disconnected');
assert.equal(session.party.status.reason, 'CallRedirected');
await control(`/calls/${session.id}`, {step: 'caller_hangs_up'});
session = await next('+14155550123');
await session.reply({replyWithText: 'Call you back'});
session = await next('+14155550124');
await session.toVoicemail();
await state(session, 'Disconnected');
step('forwards, answers with a text and declines');

const started = await calls.createCall(calls.devices[0].id, {phoneNumber: '+14155550125'});
assert.equal(started.party.direction, 'Outbound');
await control(`/calls/${started.id}`, {step: 'answer'});
await state(started, 'Answered');
await started.drop();
await until('the end of the outgoing call', () => !find(started.id));
step('makes a call and hangs up');

await sdk.platform().logout();
process.exit(0);
