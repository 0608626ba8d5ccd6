import { frequencies, weekdays } from '@anteroom/shared/meeting/recurrence.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { Chip, Group, NumberInput, Radio, Select, TextInput } from '@mantine/core';
import { texts } from '../../../locales/texts.ts';
import type { Repeat } from './repeat.ts';

/** Monday: the week whose days the chips are named after. */
const mondayMs = Date.UTC(2026, 0, 5);

/** How often a meeting repeats, in plain words; what RFC 5545 makes of it is not shown. */
export function RepeatFields({
  value,
  onChange,
  canBeNever,
}: {
  value: Repeat;
  onChange: (repeat: Repeat) => void;
  canBeNever: boolean;
}) {
  const text = texts.useText();
  const set = (change: Partial<Repeat>) => onChange({ ...value, ...change });
  const choices = [...(canBeNever ? (['NEVER'] as const) : []), ...frequencies];
  const { frequency } = value;
  return (
    <>
      <Select
        label={text('plan.repeat')}
        data={choices.map((each) => ({ value: each, label: text(`plan.repeat.${each}`) }))}
        value={frequency}
        onChange={(chosen) => set({ frequency: choices.find((each) => each === chosen) ?? frequency })}
        allowDeselect={false}
      />
      {frequency === 'NEVER' ? null : (
        <>
          <NumberInput
            label={text(`plan.interval.${frequency}`)}
            value={value.interval}
            onChange={(interval) => set({ interval: Number(interval) })}
            min={1}
            max={99}
            allowDecimal={false}
          />
          {frequency === 'WEEKLY' ? <WeekdayChips value={value} onChange={onChange} /> : null}
          {frequency === 'MONTHLY' ? (
            <Radio.Group
              label={text('plan.monthly')}
              value={value.monthly}
              onChange={(monthly) => set({ monthly: monthly === 'weekday' ? 'weekday' : 'day' })}
            >
              <Group mt="xs" gap="xl">
                <Radio value="day" label={text('plan.monthly.day')} />
                <Radio value="weekday" label={text('plan.monthly.weekday')} />
              </Group>
            </Radio.Group>
          ) : null}
          <RepeatEnd value={value} onChange={onChange} />
        </>
      )}
    </>
  );
}

function WeekdayChips({ value, onChange }: { value: Repeat; onChange: (repeat: Repeat) => void }) {
  const text = texts.useText();
  const { language } = useLanguage();
  const format = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  return (
    <fieldset className="chips">
      <legend>{text('plan.weekdays')}</legend>
      <Chip.Group
        multiple
        value={value.weekdays}
        onChange={(chosen: string[]) =>
          onChange({ ...value, weekdays: weekdays.filter((day) => chosen.includes(day)) })
        }
      >
        <Group gap={6}>
          {weekdays.map((day, index) => (
            <Chip key={day} value={day} variant="outline">
              {format.format(mondayMs + index * 86_400_000)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </fieldset>
  );
}

function RepeatEnd({ value, onChange }: { value: Repeat; onChange: (repeat: Repeat) => void }) {
  const text = texts.useText();
  const isMissing = value.end === 'until' && value.until === '';
  return (
    <div className="duration-row">
      <Select
        label={text('plan.end')}
        data={[
          { value: 'count', label: text('plan.end.count') },
          { value: 'until', label: text('plan.end.until') },
        ]}
        value={value.end}
        onChange={(end) => onChange({ ...value, end: end === 'until' ? 'until' : 'count' })}
        allowDeselect={false}
      />
      {value.end === 'count' ? (
        <NumberInput
          label={text('plan.count')}
          value={value.count}
          onChange={(count) => onChange({ ...value, count: Number(count) })}
          min={1}
          max={500}
          allowDecimal={false}
        />
      ) : (
        <TextInput
          type="date"
          label={text('plan.until')}
          value={value.until}
          onChange={(event) => onChange({ ...value, until: event.target.value })}
          error={isMissing ? text('plan.until.wrong') : undefined}
        />
      )}
    </div>
  );
}
