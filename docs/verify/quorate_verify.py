#!/usr/bin/env python3
"""Verifies a Quorate ledger, format quorate-ledger/1 as in docs/ledger-format.md, with Python's standard library alone.

    python3 quorate_verify.py LEDGER [--anchor SIZE:ROOT]... [--trust trust.json] [--json]

Ends with 0 when the ledger is sound, 1 when it is not, or not what was anchored or trusted, 2 when used wrongly, 3 when
it cannot be judged (no ledger, an unfinished transaction beside it). The ledger is never written to.
"""
import argparse
import base64
import functools
import hashlib
import json
import pathlib
import re
import sqlite3
import sys
from datetime import datetime

# SHA-256 of the seven statements of the format, white space and comments folded, sorted, each with a newline after it.
SCHEMA = 'ffe8602a14b9ca7ea8d6d777a1bed75bc93e5ae121aba5a72634cf0e20929c78'
SQL_PIECES = re.compile(r"""('(?:[^']|'')*'|"[^"]*"|`[^`]*`|\[[^]]*])|(?:--[^\n]*|/\*.*?(?:\*/|\Z)|\s)+""", re.S | re.A)
TYPES = ('genesis run_start ceremony_open participant step_start statement cosign intent outcome reconcile observation '
         'checkpoint anchor exception correction step_end pause resume abort ceremony_close export key_add key_retire '
         'script_approval').split()
ROWS = "SELECT seq, leaf, body, typeof(leaf) = 'blob' AND typeof(body) = 'blob' FROM entry "
MEMBER, ARTEFACT = functools.lru_cache(re.compile('[a-z0-9_]+').fullmatch), re.compile('sha256:[0-9a-f]{64}')
HASH, UUID = re.compile('[0-9a-f]{64}'), re.compile('[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')
BYTES = '(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?'
ROOT, BASE64, DAY = '([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)', re.compile(BYTES), re.compile('[0-9]{4}-[0-9]{2}-[0-9]{2}')
ANCHOR, LINE = re.compile('([1-9][0-9]{0,15}):' + ROOT), '\u2014 [^ \n]+ (?=[A-Za-z0-9+/]{7})' + BYTES + '\n'
NOTE = re.compile('([^\n]+)\n(0|[1-9][0-9]{0,15})\n' + ROOT + '\n\n((?:' + LINE + ')+)')
FIELDS = ['boot', 'cer', 'data', 'led', 'prev', 'run', 'seq', 'step', 'ts', 'type', 'up_us', 'v']
HEAD = '%(v)r %(seq)r %(up_us)r %(led)r %(boot)r %(run)r %(cer)r %(prev)r %(step).1r'  # of step: N of None, or a quote
HEAD_FORM = re.compile("1 [0-9]+ [0-9]+ 'ID' 'ID' 'ID' (?:None|'ID') '[0-9a-f]{64}' [N'\"]".replace('ID', UUID.pattern))
# What members must be: a type, a pattern, a range, a value, one of several of these, or a list of one of these.
TRUST = {'ledger': str, 'origin': str, 'console_key': str, 'genesis': str}
GENESIS = {'format': 'quorate-ledger/1', 'origin': str, 'mode': ('rehearsal', 'live'), 'quorum': dict, 'keys': [dict],
           'previous': (NOTE, None)}
LEDGER_KEY = {'id': HASH, 'role': ('console', 'person', 'device'), 'person': (str, None), 'roles': [str],
              'spki': BASE64, 'cert': (BASE64, None)}
COSIGN = {'target': int, 'leaf': HASH, 'meaning': ('approve', 'witness', 'reject', 'close'), 'key': HASH,
          'alg': ('ES256', 'ES384', 'RS256'), 'sig': BASE64}
DATA = {'cosign': ('cosign.data', COSIGN), 'intent': ('intent.data', {'op': str}), 'key_add': ('key_add.data', LEDGER_KEY),
        'statement': ('statement.data', {'text': str, 'act': dict, 'need': dict}),
        'outcome': ('outcome.data', {'intent': int, 'result': ('done', 'refused', 'unknown')}),
        'reconcile': ('outcome.data', {'intent': int, 'finding': ('done', 'not_done', 'partial', 'undecidable')}),
        'script_approval': ('script_approval.data', {'op': ('approve_script', 'withdraw_script'), 'script': ARTEFACT}),
        'checkpoint': ('checkpoint.note', {'note': str}), 'anchor': ('anchor.data', {'size': int, 'root': str}),
        'key_retire': ('key_retire.key', {'id': str, 'why': str}), 'genesis': ('genesis.place', {'only at 0': ()})}
# A curve y^2 = x^3 - 3x + b: bytes of a number, the prime, b, the order, the base point.
P256 = (32, 2**256 - 2**224 + 2**192 + 2**96 - 1, 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b,
        0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551,
        (0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
         0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5))
P384 = (48, 2**384 - 2**128 - 2**96 + 2**32 - 1,
        0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef,
        0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973,
        (0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7,
         0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f))
ENCODE = json.JSONEncoder(sort_keys=True, separators=(',', ':'), ensure_ascii=False).encode
number = functools.partial(int.from_bytes, byteorder='big')
KEYS = {bytes.fromhex('3059301306072a8648ce3d020106082a8648ce3d03010703420004'): ('ES256', P256, 64),
        bytes.fromhex('3076301006072a8648ce3d020106052b8104002203620004'): ('ES384', P384, 96),
        bytes.fromhex('30820122300d06092a864886f70d01010105000382010f003082010a0282010100'): ('RS256', None, 261),
        bytes.fromhex('308201a2300d06092a864886f70d01010105000382018f003082018a0282018100'): ('RS256', None, 389),
        bytes.fromhex('30820222300d06092a864886f70d01010105000382020f003082020a0282020100'): ('RS256', None, 517)}
WARNINGS, OUTSIDE, JUDGED = ('clock.back', 'intent.open'), ('trust.', 'anchored.'), ('file.schema', 'file.damaged')


class Broken(Exception):
    """A rule that is not kept."""


def demand(kept, rule, expected, found):
    if not kept:
        raise Broken(rule, str(expected), str(found))


def fits(value, kind):
    if type(value) is kind:
        return True
    if type(kind) is re.Pattern:
        return type(value) is str and kind.fullmatch(value) is not None
    if type(kind) is tuple:
        return value is None and None in kind or any(fits(value, one) for one in kind)
    if type(kind) is list:
        return type(value) is list and all(fits(item, kind[0]) for item in value)
    return type(value) is int and value in kind if type(kind) is range else type(value) is type(kind) and value == kind


def shape(data, rule, members):
    for name, kind in members.items():
        demand(fits(data.get(name, shape), kind), rule, '%s: %s' % (name, kind), data.get(name))
    return data


def ecdsa(curve, q, hashed, r, s):
    size, p, b, n, g = curve
    def add(one, two):  # None is the point at infinity
        if one is None or two is None:
            return one or two
        if one[0] == two[0] and (one[1] + two[1]) % p == 0:
            return None
        rise, run = (3 * one[0] ** 2 - 3, 2 * one[1]) if one == two else (two[1] - one[1], two[0] - one[0])
        slope = rise * pow(run, -1, p) % p
        x = (slope * slope - one[0] - two[0]) % p
        return x, (slope * (one[0] - x) - one[1]) % p
    if max(q) >= p or (q[1] ** 2 - q[0] ** 3 + 3 * q[0] - b) % p or not (0 < r < n and 0 < s < n):
        return False
    u, v, total = number(hashed[:size]) * pow(s, -1, n) % n, r * pow(s, -1, n) % n, None
    addends = [None, g, q, add(g, q)]
    for bit in reversed(range(n.bit_length())):
        total = add(add(total, total), addends[(u >> bit & 1) + 2 * (v >> bit & 1)])
    return total is not None and total[0] % n == r


def verifies(spki, algorithm, message, sig):
    """ES256, ES384 and RS256 go each with one kind of key; 'checkpoint' is ECDSA with SHA-256 on either curve."""
    own, curve, size = next((kind for prefix, kind in KEYS.items() if spki.startswith(prefix)
                             and len(spki) == len(prefix) + kind[2]), ('', None, 0))
    hashed = (hashlib.sha384 if algorithm == 'ES384' else hashlib.sha256)(message).digest()
    if curve is None:
        padding = b'\xff' * (size - 59) + bytes.fromhex('003031300d060960864801650304020105000420')
        right = algorithm == own and len(sig) == size - 5 and spki[-5:] == b'\2\3\1\0\1'
        return right and pow(number(sig), 65537, number(spki[-size:-5])) == number(b'\0\1' + padding + hashed)
    r, s = (number(sig[4:4 + sig[3]]), number(sig[6 + sig[3]:])) if len(sig) > 7 else (0, 0)
    der = b''.join(bytes([2, length]) + one.to_bytes(length, 'big')
                   for one, length in ((r, r.bit_length() // 8 + 1), (s, s.bit_length() // 8 + 1)))
    right = algorithm in (own, 'checkpoint') and sig == bytes([0x30, len(der) % 128]) + der
    return right and ecdsa(curve, (number(spki[-size:-curve[0]]), number(spki[-curve[0]:])), hashed, r, s)


def walk(value, depth, named, seq):  # Checks keys, numbers and depth, and notes the artefacts that are named.
    if depth > 31 and value or type(value) is dict and not all(map(MEMBER, value)):
        raise ValueError('keys or depth that are not allowed')
    for item in value.values() if type(value) is dict else value:
        kind = type(item)
        if kind is dict or kind is list:
            walk(item, depth + 1, named, seq)
        elif kind is float or kind is int and not -2**53 < item < 2**53:
            raise ValueError('numbers that are not allowed')
        elif kind is str and depth and len(item) == 71 and item.startswith('sha256:') and HASH.fullmatch(item, 7):
            named.setdefault(item[7:], seq)


def parse(body, named, seq):
    try:
        entry = json.loads(body.decode())
        demand(type(entry) is dict and ENCODE(entry).encode() == body, 'entry.form', 'a canonical object', body[:80])
        walk(entry, 0, named, seq)
    except (ValueError, RecursionError) as e:
        raise Broken('entry.form', 'canonical JSON', str(e))
    demand(list(entry) == FIELDS, 'entry.fields', FIELDS, list(entry))
    demand(type(entry['data']) is dict and HEAD_FORM.fullmatch(HEAD % entry), 'entry.fields', HEAD_FORM.pattern, entry)
    try:
        real = datetime.fromisoformat(str(entry['ts'])[:-1]).isoformat(timespec='milliseconds') + 'Z'
    except ValueError:
        real = 'a time'
    demand(entry['ts'] == real, 'entry.time', 'YYYY-MM-DDTHH:MM:SS.mmmZ', entry['ts'])
    demand(entry['type'] in TYPES, 'entry.type', 'a known type', entry['type'])
    return entry


def ledger_key(data, rule):
    key = dict(shape(data, rule, LEDGER_KEY), counts=True, spki=base64.b64decode(data['spki']))
    demand(key['id'] == hashlib.sha256(key['spki']).hexdigest(), rule, 'the id of the key', key['id'])
    demand(key['person'] if key['role'] == 'person' else not key['roles'], rule, 'a person, or no roles', data)
    return key


class Verifier:
    """Takes row after row. Rules that every entry keeps end the judgement when broken, those of a type are noted."""
    def __init__(self, trust):
        self.trust, self.before, self.awaited, self.keys, self.cers, self.approved = trust, None, set(), {}, [], {}
        self.statements, self.cosigns, self.intents, self.named, self.artefacts = {}, {}, {}, {}, set()
        self.begun, self.findings, self.size, self.levels = set(TYPES) - {'intent'}, [], 0, [bytearray() for _ in range(64)]

    def find(self, seq, rule, expected, found):
        severity = 'warning' if rule in WARNINGS else 'error'
        self.findings.append(dict(seq=seq, rule=rule, severity=severity, expected=str(expected), found=str(found)))

    def add_leaf(self, leaf):  # The tree of RFC 9162, with every complete subtree, level by level.
        self.levels[0] += leaf
        self.size += 1
        for height in range(1, (self.size & -self.size).bit_length()):
            self.levels[height] += hashlib.sha256(b'\1' + self.levels[height - 1][-64:]).digest()

    def node(self, height, index):
        return bytes(self.levels[height][32 * index:32 * index + 32])

    def root(self, size):
        parts = [self.node(height, (size >> height) - 1) for height in range(size.bit_length()) if size >> height & 1]
        return functools.reduce(lambda right, left: hashlib.sha256(b'\1' + left + right).digest(), parts or [b''])

    def row(self, seq, leaf, body, blobs):
        demand(blobs, 'row.form', 'two byte strings', 'another type')
        demand(seq == self.size, 'row.gap', self.size, seq)
        hashed = hashlib.sha256(b'\0' + body).digest()
        demand(leaf == hashed, 'entry.leaf', hashed, leaf)
        entry = parse(body, self.named, seq)
        before, prev = self.before or entry, self.node(0, seq - 1).hex() if seq else '0' * 64
        demand(entry['seq'] == seq, 'entry.seq', seq, entry['seq'])
        demand(entry['led'] == before['led'], 'entry.ledger', before['led'], entry['led'])
        demand(entry['prev'] == prev, 'entry.prev', prev, entry['prev'])
        if entry['ts'] < before['ts'] or entry['boot'] == before['boot'] and entry['up_us'] < before['up_us']:
            self.find(seq, 'clock.back', 'a time not before the last', entry['ts'])
        (self.judge if seq else self.begin)(entry, seq, entry['data'], leaf.hex())
        self.add_leaf(hashed)
        self.cers.append(entry['cer'])
        self.begun.add(entry['cer'])
        self.before = entry

    def begin(self, entry, seq, data, leaf):
        demand(entry['type'] == 'genesis', 'genesis.place', 'genesis at 0', entry['type'])
        rule, origin = 'genesis.data', 'quorate.invalid/' + entry['led']
        quorum = shape(shape(data, rule, GENESIS)['quorum'], rule, {'m': range(1, 2**53), 'n': int})
        keys = [ledger_key(key, rule) for key in data['keys']]
        consoles = [key for key in keys if key['role'] == 'console']
        self.live, self.m, self.keys = data['mode'] == 'live', quorum['m'], {key['id']: key for key in keys}
        right = data['origin'] == origin and self.m <= quorum['n'] and len(self.keys) == len(keys)
        demand(right and len(consoles) == 1, rule, 'one console key, no key twice, its own origin, m of n', data)
        self.console = consoles[0]
        self.awaited = {(0, key['id'], 'genesis.founders') for key in keys if key['role'] == 'person'}
        said = {'ledger': entry['led'], 'origin': origin, 'console_key': self.console['id'], 'genesis': leaf}
        for name in (name for name in said if self.trust and self.trust[name] != said[name]):
            self.find(0, 'trust.' + name, self.trust[name], said[name])

    def judge(self, entry, seq, data, leaf):  # An entry that breaks a rule of its type counts for nothing.
        due = self.due(entry, seq, data) if self.awaited else None
        try:
            if self.live and (entry['type'] == 'ceremony_open' or (entry['cer'] or entry['type']) not in self.begun):
                until = self.approved.get((entry['type'], str(data.get('script'))))
                demand(fits(until, DAY) and entry['ts'][:10] < until, 'ceremony.approval', 'an approved script', until)
            shape(data, *DATA.get(entry['type'], ('', {})))
            getattr(self, 'on_' + entry['type'], lambda *nothing: None)(entry, seq, data, due)
        except Broken as e:
            self.find(seq, *e.args)

    def due(self, entry, seq, data):  # After a genesis or an added key stand the co-signatures of the keys it names.
        rule = min(self.awaited)[2]
        formed = entry['type'] == 'cosign' and all(fits(data.get(name), kind) for name, kind in COSIGN.items())
        due = formed and (data['target'], data['key'], rule)
        right = due in self.awaited and (rule != 'genesis.founders' or data['meaning'] == 'approve')
        if not right:
            self.find(seq, rule, 'the co-signature of a key just named', entry['type'])
        self.awaited = self.awaited - {due} if right else set()
        return right

    def on_statement(self, entry, seq, data, due):
        need = shape(data['need'], 'statement.data', {'m': range(1, 2**53), 'roles': [str]})
        self.statements[seq] = (hashlib.sha256(ENCODE(data['act']).encode()).digest(), need['m'], set(need['roles']))

    def on_cosign(self, entry, seq, data, due):
        target, key, cer = data['target'], data['key'], entry['cer']
        leaf = self.node(0, target).hex() if 0 <= target < seq else 'an earlier entry'
        demand(data['leaf'] == leaf, 'cosign.target', leaf, data['leaf'])
        demand(cer == self.cers[target], 'cosign.ceremony', self.cers[target], cer)
        known = self.keys.get(key, {'counts': False})
        demand(known['counts'] and (due or known['role'] == 'person'), 'cosign.key', "a person's key that counts", key)
        lines = 'quorate-ledger/1 cosign', entry['led'], str(target), leaf, cer or '', data['meaning'], ''
        holds = verifies(known['spki'], data['alg'], '\n'.join(lines).encode(), base64.b64decode(data['sig']))
        demand(holds, 'cosign.signature', 'a signature of that key over entry %d' % target, 'one that does not hold')
        self.cosigns[seq] = (target, data['meaning'], key)

    def quorum(self, entry, seq, data, due, least=1):
        cosigns = shape(data, 'quorum.form', {'quorum': [int]})['quorum']
        demand(cosigns or entry['type'] == 'intent', 'quorum.form', 'approvals', 'none')
        for cosign in cosigns:
            demand(self.cosigns.get(cosign, (0, ''))[1] == 'approve', 'quorum.cosigns', 'an approval', cosign)
        targets = {self.cosigns[cosign][0] for cosign in cosigns}
        for target in targets:
            of_one = len(targets) == 1 and target in self.statements and self.cers[target] == entry['cer']
            demand(of_one, 'quorum.statement', 'approvals of one statement of the same ceremony', targets)
            act, m, roles = self.statements[target]
            signed = [self.keys[self.cosigns[cosign][2]] for cosign in cosigns]
            persons = {key['person'] for key in signed if key['counts'] and roles.intersection(key['roles'])}
            demand(len(persons) >= max(m, least), 'quorum.persons', max(m, least), sorted(persons))
            done = ENCODE({name: value for name, value in data.items() if name != 'quorum'})
            demand(hashlib.sha256(done.encode()).digest() == act, 'quorum.act', 'the act that was approved', done)

    def on_intent(self, entry, seq, data, due):
        self.quorum(entry, seq, data, due)
        self.intents[seq] = 'open'

    def on_outcome(self, entry, seq, data, due):
        intent, may_be = data['intent'], ('open', 'unknown' if entry['type'] == 'reconcile' else 'open')
        demand(self.intents.get(intent) in may_be, 'outcome.intent', 'an open intent', intent)
        self.intents[intent] = 'unknown' if data.get('result') == 'unknown' and entry['type'] == 'outcome' else 'closed'

    on_correction, on_reconcile = quorum, on_outcome

    def on_script_approval(self, entry, seq, data, due):
        self.quorum(entry, seq, data, due, self.m)
        self.approved['ceremony_open', data['script']] = data['op'] == 'approve_script' and data.get('next_review')

    def on_key_add(self, entry, seq, data, due):
        key = ledger_key(data, 'key_add.data')
        demand(key['role'] != 'console' and key['id'] not in self.keys, 'key_add.data', 'a new key', key['id'])
        self.quorum(entry, seq, data, due, self.m if key['role'] == 'person' else 1)
        self.keys[key['id']] = key
        self.awaited = {(seq, key['id'], 'key_add.own_cosign')}

    def on_key_retire(self, entry, seq, data, due):
        self.quorum(entry, seq, data, due)
        demand(self.keys.get(data['id'], {}).get('counts'), 'key_retire.key', 'a key that counts', data['id'])
        self.keys[data['id']]['counts'] = False

    def on_anchor(self, entry, seq, data, due):
        root = self.root(data['size']).hex() if 1 <= data['size'] <= seq else 'an earlier size'
        demand(data['root'] == root, 'anchor.data', root, data['root'])

    def on_checkpoint(self, entry, seq, data, due):
        note = NOTE.fullmatch(data['note'])
        demand(note, 'checkpoint.note', 'a signed note', data['note'])
        signed = [(name, base64.b64decode(sig)) for _, name, sig in (line.split(' ') for line in note[4][:-1].split('\n'))]
        origin, root = 'quorate.invalid/' + entry['led'], base64.b64encode(self.root(seq)).decode()
        demand(note[1] == origin, 'checkpoint.origin', origin, note[1])
        demand(int(note[2]) == seq, 'checkpoint.size', seq, note[2])
        demand(note[3] == root, 'checkpoint.root', root, note[3])
        own = [sig[4:] for name, sig in signed if name == origin and sig[:4].hex() == self.console['id'][:8]]
        spki, text = self.console['spki'], data['note'][:note.start(4) - 1].encode()
        holds = own and self.console['counts'] and all(verifies(spki, 'checkpoint', text, sig) for sig in own)
        demand(holds, 'checkpoint.signature', 'the console key', 'none that holds')

    def finish(self, anchors):
        demand(self.size, 'row.gap', 0, 'no entry at all')
        for target, _, rule in sorted(self.awaited)[:1]:
            self.find(target, rule, 'its co-signatures', 'the end')
        for intent in (seq for seq, state in self.intents.items() if state != 'closed'):
            self.find(intent, 'intent.open', 'an outcome', 'none that is certain')
        for name in sorted(self.named.keys() ^ self.artefacts):
            self.find(self.named.get(name), 'artefact.' + ('missing' if name in self.named else 'unnamed'), '', name)
        for anchor in anchors:
            short, size = int(anchor[1]) > self.size, min(int(anchor[1]), self.size)
            found = '%d:%s' % (size, base64.b64encode(self.root(size)).decode())
            if found != anchor[0]:
                self.find(None, 'anchored.size' if short else 'anchored.root', anchor[0], found)

    def read(self, path, anchors):
        demand(path.is_file(), 'file.missing', 'a file', path)
        with path.open('rb') as file:
            header, journal = file.read(100).ljust(100, b'\0'), path.with_name(path.name + '-journal')
        demand(header[:16] == b'SQLite format 3\0', 'file.not_a_ledger', 'a SQLite database', header[:16])
        demand(header[18:20] == b'\1\1', 'file.wal', 'a rollback journal', 'a write-ahead log')
        marks = [number(header[68:72]), number(header[60:64]), number(header[16:18]), number(header[56:60])]
        demand(marks == [1366650738, 1, 4096, 1], 'file.version', 'application id, version, page size, encoding', marks)
        demand(not journal.exists() or not journal.stat().st_size, 'file.journal', 'none', 'an unfinished transaction')
        ledger = sqlite3.connect(path.absolute().as_uri() + '?mode=ro&immutable=1', uri=True)
        ledger.executescript('PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON')
        schema = [SQL_PIECES.sub(lambda piece: piece[1] or ' ', sql).strip() + '\n' for (sql,) in ledger.execute(
            "SELECT ifnull(sql, name) FROM sqlite_schema WHERE sql IS NOT NULL OR name NOT GLOB 'sqlite_autoindex_*'")]
        demand(hashlib.sha256(''.join(sorted(schema)).encode()).hexdigest() == SCHEMA, 'file.schema', 'the format', schema)
        try:
            for row in ledger.execute(ROWS + 'ORDER BY seq'):
                self.row(*row)
        except sqlite3.Error:  # Python reads ahead: the last row before the damage is still to come.
            for row in ledger.execute(ROWS + 'WHERE seq = ?', (self.size,)):
                self.row(*row)
            raise
        for name, content in ledger.execute('SELECT hash, bytes FROM artefact ORDER BY hash'):
            self.artefacts.add(name.hex())
            if hashlib.sha256(content).digest() != name:
                self.find(None, 'artefact.hash', hashlib.sha256(content).hexdigest(), name.hex())
        self.finish(anchors)


def main():
    parser = argparse.ArgumentParser(description='Verifies a Quorate ledger.')
    parser.add_argument('ledger', type=pathlib.Path)
    parser.add_argument('--anchor', type=lambda text: ANCHOR.fullmatch(text) or parser.error('not SIZE:ROOT: ' + text),
                        action='append', default=[], metavar='SIZE:ROOT')
    parser.add_argument('--trust', type=pathlib.Path, metavar='FILE')
    parser.add_argument('--json', action='store_true')
    options = parser.parse_args()
    try:
        verifier = Verifier(shape(json.loads(options.trust.read_bytes()), '--trust', TRUST) if options.trust else None)
    except (OSError, ValueError, TypeError, AttributeError, Broken) as e:
        parser.exit(3, 'cannot be judged: %s: %s\n' % (options.trust, e))
    try:
        verifier.read(options.ledger, options.anchor)
    except Broken as e:
        verifier.find(None if e.args[0].startswith('file.') else verifier.size, *e.args)
    except sqlite3.Error as e:
        verifier.find(verifier.size, 'file.damaged', 'a file that can be read', e)
    findings = sorted(verifier.findings, key=lambda f: verifier.size + 1 if f['seq'] is None else f['seq'])
    errors = [finding['rule'] for finding in findings if finding['rule'] not in WARNINGS]
    unfit = [rule for rule in errors if rule.startswith('file.') and rule not in JUDGED]
    no = 'sound, but not what was anchored or trusted' if all(rule.startswith(OUTSIDE) for rule in errors) else 'not sound'
    code, says = (0, 'sound') if not errors else (3, 'cannot be judged') if unfit else (1, no)
    root = base64.b64encode(verifier.root(verifier.size)).decode()
    answer = dict(says=says, size=verifier.size, root=root, findings=findings)
    lines = ['entry {seq}: {severity} {rule}: expected {expected}, found {found}'.format(**f) for f in findings]
    lines.append('{says}: {size} entries, root {root}'.format(**answer))
    print(json.dumps(answer, indent=2) if options.json else '\n'.join(lines))
    return code


if __name__ == '__main__':
    sys.exit(main())
