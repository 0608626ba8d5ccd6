/**
 * The viewer's own name, slanted and again and again over everything that is seen of others, so that a film of this screen
 * says whose it was. It hides nothing and takes no touch.
 */
export function Watermark({ name }: { name: string }) {
  return (
    <svg className="watermark" aria-hidden="true">
      <defs>
        <pattern id="watermark" width="280" height="160" patternUnits="userSpaceOnUse" patternTransform="rotate(-24)">
          <text x="0" y="40">
            {name}
          </text>
          <text x="140" y="120">
            {name}
          </text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="url(#watermark)" />
    </svg>
  );
}
