import { useState } from 'react';

const storageKey = 'anteroom.guest-name';

/** What the guest typed: the name is remembered in this browser, the password only while the page is open. */
export function useGuest() {
  const [name, setName] = useState(() => localStorage.getItem(storageKey) ?? '');
  const [password, setPassword] = useState('');
  return {
    name,
    password,
    setName,
    setPassword,
    remember: () => localStorage.setItem(storageKey, name.trim()),
  };
}

export type Guest = ReturnType<typeof useGuest>;
