import type { AccessoryProfile } from '@anteroom/shared/profile/accessory.ts';
import type { HardwareProfile } from '@anteroom/shared/profile/schema.ts';
import type { Machine } from './machine.ts';

/** A profile that fits, and what speaks for it. */
export type Match<Profile> = {
  profile: Profile;
  /** False when only the maker was seen: it may be another model of theirs. */
  isSure: boolean;
  /** For people. */
  because: string[];
};

/** Terminal profiles that say of which machine they are, and are of this one. Pure. */
export function matchTerminals(machine: Machine, profiles: readonly HardwareProfile[]): Match<HardwareProfile>[] {
  return profiles.flatMap((profile) => {
    const because = [...dmiEvidence(machine, profile), ...deviceTreeEvidence(machine, profile)];
    return because.length > 0 ? [{ profile, isSure: true, because }] : [];
  });
}

function dmiEvidence({ dmi }: Machine, { match }: HardwareProfile): string[] {
  if (!dmi) return [];
  return (match?.dmi ?? []).flatMap((wanted) => {
    const isVendor = wanted.vendor === undefined || wanted.vendor === dmi.vendor;
    const isModel = 'product' in wanted ? wanted.product === dmi.product : wanted.board === dmi.board;
    if (!isVendor || !isModel) return [];
    const model = 'product' in wanted ? `product_name “${wanted.product}”` : `board_name “${wanted.board}”`;
    return [`DMI: ${wanted.vendor === undefined ? '' : `sys_vendor “${wanted.vendor}”, `}${model}`];
  });
}

function deviceTreeEvidence({ deviceTree }: Machine, { match }: HardwareProfile): string[] {
  const wanted = match?.deviceTree?.find((start) => deviceTree?.startsWith(start));
  return wanted === undefined ? [] : [`device tree: model “${deviceTree}”`];
}

/** Accessory profiles whose device is plugged in, those that are sure first. Pure. */
export function matchAccessories(machine: Machine, profiles: readonly AccessoryProfile[]): Match<AccessoryProfile>[] {
  const found = profiles.flatMap((profile) => {
    const usb = usbEvidence(machine, profile);
    const displays = displayEvidence(machine, profile);
    const because = [...usb, ...displays.map(({ words }) => words)];
    const isSure = usb.length > 0 || displays.some(({ isModel }) => isModel);
    return because.length > 0 ? [{ profile, isSure, because }] : [];
  });
  return [...found.filter(({ isSure }) => isSure), ...found.filter(({ isSure }) => !isSure)];
}

function usbEvidence({ usb }: Machine, { match }: AccessoryProfile): string[] {
  return usb.flatMap(({ at, vendorId, productId, name }) => {
    const isIt = match.usb?.some((wanted) => wanted.vendorId === vendorId && wanted.productId === productId);
    return isIt ? [`USB ${at}: ${vendorId}:${productId}${name === null ? '' : ` “${name}”`}`] : [];
  });
}

function displayEvidence({ displays }: Machine, { match }: AccessoryProfile): { isModel: boolean; words: string }[] {
  return displays.flatMap(({ at, manufacturer, model }) => {
    const wanted = match.edid?.filter((each) => each.manufacturer === manufacturer) ?? [];
    const isModel = wanted.some((each) => each.model !== undefined && model?.startsWith(each.model) === true);
    const isMaker = wanted.some((each) => each.model === undefined);
    if (!isModel && !isMaker) return [];
    const says = `EDID at ${at}: ${manufacturer}${model === null ? '' : ` “${model}”`}`;
    return [{ isModel, words: isModel ? says : `${says}; the profile knows the maker only` }];
  });
}
