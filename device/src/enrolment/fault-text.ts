import { errorCatalogue } from '@anteroom/shared/errors/catalogue.ts';
import { type LocalizedText, localize } from '@anteroom/shared/text.ts';
import type { FleetFault } from './fleet-client.ts';

const unreachable: LocalizedText = {
  en: 'The fleet at {address} does not answer ({detail}). Check the network cable; this goes on by itself.',
  'zh-CN': '终端管理服务 {address} 无应答（{detail}），请检查网线；恢复后将自动继续。',
};
const untrusted: LocalizedText = {
  en: 'What answers at {address} is not the fleet that this terminal trusts ({detail}). Call an administrator.',
  'zh-CN': '{address} 的应答方不是本终端信任的管理服务（{detail}），请联系管理员。',
};
const unintelligible: LocalizedText = {
  en: 'The fleet at {address} gave an answer that this terminal does not understand ({detail}). Call an administrator.',
  'zh-CN': '终端管理服务 {address} 的应答无法识别（{detail}），请联系管理员。',
};

/** What a person at an unpaired terminal reads: what happened, what to do, who. */
export function faultText(fault: FleetFault, address: string): LocalizedText {
  switch (fault.kind) {
    case 'unreachable':
      return filled(unreachable, { address, detail: fault.detail });
    case 'untrusted':
      return filled(untrusted, { address, detail: fault.detail });
    case 'unintelligible':
      return filled(unintelligible, { address, detail: fault.detail });
    case 'problem': {
      const { code, values, detail } = fault.problem;
      const entry = Object.entries(errorCatalogue).find(([known]) => known === code)?.[1];
      // A newer fleet may use codes that this terminal does not know: then its own sentence has to do.
      return entry ? filled(entry.text, values) : { en: detail, 'zh-CN': detail };
    }
  }
}

/** The answer names another key than this terminal's: somebody may stand in between. */
export const phraseMismatch: LocalizedText = {
  en: 'The fleet answered for another terminal’s key, so this terminal shows no code. Call an administrator.',
  'zh-CN': '管理服务返回的密钥与本终端不符，因此不显示配对码，请联系管理员。',
};

function filled(text: LocalizedText, values: Record<string, string | number>): LocalizedText {
  return { en: localize(text, 'en', values), 'zh-CN': localize(text, 'zh-CN', values) };
}
