import { invitationRoutes } from '@anteroom/shared/api/invitations.ts';
import { liveRoutes } from '@anteroom/shared/api/live.ts';
import { meetingRoutes } from '@anteroom/shared/api/meetings.ts';
import { contactRoutes, departmentRoutes, type Person, peopleRoutes } from '@anteroom/shared/api/people.ts';
import { roomRoutes } from '@anteroom/shared/api/rooms.ts';
import { spaceRoutes } from '@anteroom/shared/api/spaces.ts';
import type { ControlAction } from '@anteroom/shared/meeting/control.ts';
import type { FleetApi } from '../../scripts/lib/demonstration.ts';
import { joinLightly } from '../harness/light-participants.ts';

const dayMs = 86_400_000;
const place = { position: '', sortNumber: 0, remark: '' };

/** Ids that stand in the addresses of pages. */
export type Furnished = Record<'personId' | 'departmentId' | 'contactId' | 'roomId' | 'spaceId' | 'seriesId', string>;

/** An organization as it is after some weeks, in both scripts, so that pages are seen with something on them. */
export async function furnish(api: FleetApi): Promise<Furnished> {
  const works = await api.call(departmentRoutes.create, { body: { name: 'Works', parentId: null, sortNumber: 0 } });
  const doors = await api.call(departmentRoutes.create, {
    body: { name: '门锁部', parentId: works.id, sortNumber: 1 },
  });
  const people = [
    { name: 'Mara Okafor', phone: '+4790001001', departmentId: works.id, position: 'Head of works' },
    { name: '陈伟', phone: '+8613800138001', departmentId: doors.id, position: '工程师' },
    { name: 'Lin Yuehan', phone: '+8613800138002', departmentId: doors.id, position: '' },
    {
      name: 'Per Nordmann-Østergaard af Hallingdal',
      phone: '+4790001003',
      departmentId: null,
      position: 'Field engineer',
    },
  ];
  const added: Person[] = [];
  for (const person of people)
    added.push(
      await api.call(peopleRoutes.add, {
        body: { ...place, ...person, kind: 'standard', email: null, language: 'en' },
      }),
    );
  const [mara] = added;
  const contact = await api.call(contactRoutes.create, {
    body: { name: 'Paula Pilot', company: 'Harbour Pilots', phone: null, email: 'paula@example.org', remark: '' },
  });
  for (const [name, recipient] of [
    ['Ingrid Berg', '+4790001009'],
    ['王芳', 'wang.fang@example.org'],
  ] as const)
    await api.call(invitationRoutes.create, {
      body: { ...place, name, recipient, departmentId: works.id, language: 'en' },
    });
  const rooms = await api.call(roomRoutes.list, {});
  const spaces = await api.call(spaceRoutes.list, {});
  const [room, space] = [rooms.items[0], spaces.items[0]];
  if (!mara || !room || !space) throw new Error('the demonstration has a cloud room and spaces');
  const series = await api.call(meetingRoutes.create, {
    body: {
      ...{ subject: 'Weekly works round', media: 'video', durationMinutes: 45, timeZone: 'Europe/Oslo' },
      resource: { kind: 'room', roomId: room.id },
      startAt: new Date(Math.ceil(Date.now() / dayMs) * dayMs + 8 * 3_600_000).toISOString(),
      recurrence: 'FREQ=WEEKLY;COUNT=8',
      attendees: [
        { kind: 'person', accountId: mara.id },
        { kind: 'department', departmentId: doors.id },
        { kind: 'contact', contactId: contact.id },
      ],
      description: '',
      admissionScope: 'organization',
      waitingRoom: 'outsiders',
      number: 'generated',
      notices: { email: true, sms: false },
      options: {},
    },
  });
  return {
    ...{ personId: mara.id, departmentId: works.id, contactId: contact.id },
    ...{ roomId: room.id, spaceId: space.id, seriesId: series.id },
  };
}

/** A meeting that runs, with people of both scripts in it who show what a controller sees; it ends with the process. */
export async function furnishLive(api: FleetApi, httpUrl: string): Promise<{ liveId: string }> {
  const body = { subject: 'Design review: door hardware', durationMinutes: 60, timeZone: 'Asia/Shanghai' };
  const { id, number } = await api.call(meetingRoutes.create, { body: { ...body, resource: { kind: 'concurrency' } } });
  const come = (name: string) => joinLightly(httpUrl, number, { name, address: '198.51.100.1' });
  const lin = await come('Lin Yuehan');
  const [jonas, priya, chen, mara] = [
    await come('Jonas Weber'),
    await come('Priya Raman'),
    await come('陈睿'),
    await come('Mara Okafor'),
  ];
  await come('Per Nordmann-Østergaard af Hallingdal');
  const act = (action: ControlAction) => api.call(liveRoutes.control, { params: { meetingId: id }, body: { action } });
  await act({ kind: 'handOver', participantId: lin.participantId });
  await act({ kind: 'spotlight', participantId: lin.participantId });
  await act({ kind: 'setCohost', participantId: jonas.participantId, isCohost: true });
  await act({ kind: 'mute', participantId: priya.participantId });
  await act({ kind: 'stopCamera', participantId: chen.participantId });
  mara.send({ type: 'control', id: 1, action: { kind: 'raiseHand', isRaised: true } });
  return { liveId: id };
}
