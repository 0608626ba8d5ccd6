import { useState } from 'react';

/** For a field of several choices: its list closes once something is picked, so that it does not stay over the form. */
export function useClosingList() {
  const [isOpen, setIsOpen] = useState(false);
  const close = () => setIsOpen(false);
  return {
    dropdownOpened: isOpen,
    onDropdownOpen: () => setIsOpen(true),
    onDropdownClose: close,
    onOptionSubmit: close,
  };
}
