/** Configuration of our own Janus: the files of its private folder, as text. Decides nothing else and writes nothing. */
export type JanusSettings = {
  configFolder: string;
  /** The address offered to clients; no other interface is used. */
  address: string;
  rtpPorts: { min: number; max: number };
  apiPort: number;
  adminPort: number;
  apiSecret: string;
  adminSecret: string;
  /** Asked for when a room is created. */
  roomAdminKey: string;
};

/** Everything of Debian's package that this fleet does not use; whatever is not loaded cannot be attacked. */
const disabledPlugins = [
  'audiobridge',
  'duktape',
  'echotest',
  'lua',
  'nosip',
  'recordplay',
  'sip',
  'streaming',
  'textroom',
  'videocall',
  'voicemail',
];
const disabledTransports = ['http', 'mqtt', 'nanomsg', 'pfunix', 'rabbitmq'];
const disabledEventHandlers = ['gelfevh', 'mqttevh', 'nanomsgevh', 'rabbitmqevh', 'sampleevh', 'wsevh'];

/** File name → content. */
export function renderJanusConfig(settings: JanusSettings): Record<string, string> {
  return {
    'janus.jcfg': sections({
      general: {
        configs_folder: settings.configFolder,
        debug_level: 3,
        debug_colors: false,
        api_secret: settings.apiSecret,
        admin_secret: settings.adminSecret,
        session_timeout: 30,
        hide_dependencies: true,
      },
      media: {
        rtp_port_range: `${settings.rtpPorts.min}-${settings.rtpPorts.max}`,
        ipv6: settings.address.includes(':'),
      },
      nat: { full_trickle: true, ignore_mdns: true, ice_enforce_list: settings.address },
      plugins: { disable: libraries(disabledPlugins) },
      transports: { disable: libraries(disabledTransports) },
      loggers: { disable: libraries(['jsonlog']) },
      events: { broadcast: false, disable: libraries(disabledEventHandlers) },
    }),
    'janus.transport.websockets.jcfg': sections({
      general: {
        json: 'compact',
        ws: true,
        ws_ip: '127.0.0.1',
        ws_port: settings.apiPort,
        ws_logging: 'err',
        wss: false,
      },
      admin: { admin_ws: true, admin_ws_ip: '127.0.0.1', admin_ws_port: settings.adminPort, admin_wss: false },
    }),
    'janus.plugin.videoroom.jcfg': sections({
      general: { admin_key: settings.roomAdminKey, lock_rtp_forward: true, events: false, string_ids: true },
    }),
  };
}

const libraries = (names: readonly string[]) => names.map((name) => `libjanus_${name}.so`).join(',');

type Value = string | number | boolean;

function sections(content: Record<string, Record<string, Value>>): string {
  return Object.entries(content)
    .map(([name, values]) => {
      const lines = Object.entries(values).map(([key, value]) => `  ${key} = ${literal(value)}`);
      return `${name}: {\n${lines.join('\n')}\n}\n`;
    })
    .join('');
}

// libconfig strings: quotes and backslashes are escaped.
function literal(value: Value): string {
  return typeof value === 'string' ? `"${value.replace(/[\\"]/g, '\\$&')}"` : String(value);
}
