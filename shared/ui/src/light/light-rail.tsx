import './light-rail.css';

/** The rail of light at the left edge of a screen that is in a meeting: as tall as the time left (0…1). */
export function LightRail({ left }: { left: number }) {
  return (
    <div className="light-rail" aria-hidden="true">
      <i style={{ top: `${((1 - Math.min(1, Math.max(0, left))) * 100).toFixed(2)}%` }} />
    </div>
  );
}
