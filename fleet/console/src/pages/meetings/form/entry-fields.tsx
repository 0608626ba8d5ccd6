import type { MeetingOptions } from '@anteroom/shared/meeting/fields.ts';
import type { PlanFeature } from '@anteroom/shared/resources/plan.ts';
import { Checkbox, Select, TextInput } from '@mantine/core';
import { texts } from '../../../locales/texts.ts';
import type { Lack } from './use-forecast.ts';
import type { MeetingValues } from './values.ts';

type Set = <K extends keyof MeetingValues & string>(name: K, value: MeetingValues[K]) => void;
type Props = { values: MeetingValues; set: Set; isRefused: (name: keyof MeetingValues & string) => boolean };

const scopes = ['everyone', 'organization', 'invited'] as const;
const waitings = ['off', 'everyone', 'outsiders'] as const;
const optionNames = [
  'isMutedOnEntry',
  'canJoinBeforeHost',
  'canUnmute',
  'canShare',
  'hasWatermark',
  'isRecordedAutomatically',
  'endsAutomatically',
] as const satisfies (keyof MeetingOptions)[];
/** What of a plan an option needs. */
const featureOf: Partial<Record<keyof MeetingOptions, PlanFeature>> = {
  hasWatermark: 'watermark',
  isRecordedAutomatically: 'recording',
};

/** Who may come in, through which door. */
export function EntryFields({ values, set, isRefused, lacks }: Props & { lacks: Lack }) {
  const text = texts.useText();
  const lack = lacks('waitingRoom');
  return (
    <>
      <div className="form-pair">
        <Select
          label={text('plan.scope')}
          data={scopes.map((value) => ({ value, label: text(`plan.scope.${value}`) }))}
          value={values.admissionScope}
          onChange={(chosen) => set('admissionScope', scopes.find((each) => each === chosen) ?? 'everyone')}
          allowDeselect={false}
        />
        <Select
          label={text('plan.waiting')}
          data={waitings.map((value) => ({
            value,
            label: text(`plan.waiting.${value}`),
            disabled: lack !== null && value !== 'off',
          }))}
          // What is chosen already and cannot be had is a mistake to mend; what is not chosen is only explained.
          {...(values.waitingRoom === 'off' ? { description: lack } : { error: lack })}
          value={values.waitingRoom}
          onChange={(chosen) => set('waitingRoom', waitings.find((each) => each === chosen) ?? 'off')}
          allowDeselect={false}
        />
      </div>
      <TextInput
        label={text('field.guestPassword')}
        description={text('field.guestPassword.what')}
        value={values.guestPassword}
        onChange={(event) => set('guestPassword', event.target.value)}
        error={isRefused('guestPassword') ? text('field.guestPassword.wrong') : undefined}
        autoComplete="off"
      />
    </>
  );
}

/** What holds inside, as switches. One that the plan lacks cannot be set, and says why; it can be taken back. */
export function OptionFields({ values, set, lacks }: Omit<Props, 'isRefused'> & { lacks: Lack }) {
  const text = texts.useText();
  return (
    <div className="option-list">
      {optionNames.map((name) => {
        const feature = featureOf[name];
        const lack = feature === undefined ? null : lacks(feature);
        const isOn = values.options[name];
        return (
          <Checkbox
            key={name}
            label={text(`plan.option.${name}`)}
            checked={isOn}
            disabled={lack !== null && !isOn}
            {...(isOn ? { error: lack } : { description: lack })}
            onChange={(event) => set('options', { ...values.options, [name]: event.target.checked })}
          />
        );
      })}
    </div>
  );
}

export function NoticeFields({ values, set }: Omit<Props, 'isRefused'>) {
  const text = texts.useText();
  return (
    <fieldset className="option-list">
      <legend>{text('plan.notices')}</legend>
      {(['email', 'sms'] as const).map((channel) => (
        <Checkbox
          key={channel}
          label={text(`plan.notices.${channel}`)}
          checked={values.notices[channel]}
          onChange={(event) => set('notices', { ...values.notices, [channel]: event.target.checked })}
        />
      ))}
    </fieldset>
  );
}

const numbers = ['generated', 'personal', 'typed'] as const;

/** The number under which the meeting is found. A cloud room's meeting has one of its own. */
export function NumberFields({ values, set, isRefused }: Props) {
  const text = texts.useText();
  const choices = numbers.filter((each) => each !== 'personal' || values.resource !== 'room');
  return (
    <div className="form-pair">
      <Select
        label={text('plan.number')}
        data={choices.map((value) => ({ value, label: text(`plan.number.${value}`) }))}
        value={choices.includes(values.number) ? values.number : 'generated'}
        onChange={(chosen) => set('number', choices.find((each) => each === chosen) ?? 'generated')}
        allowDeselect={false}
      />
      {values.number === 'typed' ? (
        <TextInput
          inputMode="numeric"
          label={text('plan.number.digits')}
          value={values.typedNumber}
          onChange={(event) => set('typedNumber', event.target.value)}
          error={isRefused('number') ? text('plan.number.wrong') : undefined}
        />
      ) : null}
    </div>
  );
}
