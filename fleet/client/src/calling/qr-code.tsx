import { useMemo } from 'react';
import { useLoaded } from '../control/parts-loader.tsx';
import { pathOf } from './qr-path.ts';

/** Fetched when somebody looks at an invitation. */
const load = () => import('qrcode');

/** Modules of white around the code, which readers need (ISO/IEC 18004 has four). */
const quiet = 4;

/** The link to be scanned: ink on white in both schemes, as readers need it. */
export function QrCode({ link, label }: { link: string; label: string }) {
  const coder = useLoaded(load);
  const drawn = useMemo(() => {
    if (!coder) return null;
    const { modules } = coder.create(link, { errorCorrectionLevel: 'M' });
    const { size } = modules;
    return { size, path: pathOf({ size, isDark: (row, column) => modules.get(row, column) === 1 }) };
  }, [coder, link]);
  if (!drawn) return <div className="qr" />;
  const side = drawn.size + 2 * quiet;
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`${-quiet} ${-quiet} ${side} ${side}`}>
      <path d={drawn.path} shapeRendering="crispEdges" />
    </svg>
  );
}
