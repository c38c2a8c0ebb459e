#!/usr/bin/env python3
"""Verifies a part of a Quorate ledger without the rest, with Python's standard library and quorate_verify.py beside it.

    python3 quorate_verify_extract.py FOLDER-OR-PROOF [--trust trust.json]

FOLDER is what `quorate ledger export` wrote, PROOF what `quorate ledger prove` wrote (C2SP tlog-proof). Ends with 0 when
what is there holds, 1 when it does not, 2 when it is used wrongly, 3 when it cannot be read.
"""
import argparse
import base64
import hashlib
import json
import pathlib
import re
import sys

from quorate_verify import HASH, NOTE, TRUST, Broken, demand, ledger_key, parse, shape, verifies

PROOF = re.compile('c2sp\\.org/tlog-proof@v1\nextra ([A-Za-z0-9+/=]+)\nindex (0|[1-9][0-9]{0,15})\n'
                   '((?:[A-Za-z0-9+/]{43}=\n){0,63})\n(.*)', re.S)


def root_of(seq, size, leaf, path):
    """The root that a proof of inclusion leads to (RFC 9162 section 2.1.3.2)."""
    demand(0 <= seq < size, 'proof', 'an entry below %d' % size, seq)
    at, last, node = seq, size - 1, leaf
    for step in path:
        demand(last, 'proof', 'a shorter path', len(path))
        if at & 1 or at == last:
            node = hashlib.sha256(b'\1' + step + node).digest()
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = hashlib.sha256(b'\1' + node + step).digest()
        at, last = at >> 1, last >> 1
    demand(last == 0, 'proof', 'a longer path', len(path))
    return node


class Checkpoint:
    def __init__(self, note):
        parts = NOTE.fullmatch(note)
        demand(parts, 'checkpoint.note', 'a signed note', note)
        self.origin, self.size, self.root = parts[1], int(parts[2]), base64.b64decode(parts[3])
        self.text, self.lines = note[:parts.start(4) - 1].encode(), parts[4][:-1].split('\n')

    def check(self, led, spki):
        demand(self.origin == 'quorate.invalid/' + led, 'checkpoint.origin', 'quorate.invalid/' + led, self.origin)
        own = [sig[4:] for name, sig in ((line.split(' ')[1], base64.b64decode(line.split(' ')[2])) for line in self.lines)
               if name == self.origin and sig[:4] == hashlib.sha256(spki).digest()[:4]]
        holds = own and all(verifies(spki, 'checkpoint', self.text, sig) for sig in own)
        demand(holds, 'checkpoint.signature', 'the console key', 'none that holds')

    def holds(self, body, seq, path, named):
        entry = parse(body, named, seq)
        demand(entry['seq'] == seq, 'entry.seq', seq, entry['seq'])
        leaf = hashlib.sha256(b'\0' + body).digest()
        root = root_of(seq, self.size, leaf, path)
        demand(root == self.root, 'proof', 'the root of the checkpoint', 'entry %d is not in it' % seq)
        return entry, leaf.hex()


def trusted(trust, found):
    for name in (name for name in found if trust):
        demand(trust[name] == found[name], 'trust.' + name, trust[name], found[name])


def proof(text, trust):
    parts = PROOF.fullmatch(text)
    demand(parts, 'proof', 'a tlog-proof with an extra line', 'another text')
    extra, checkpoint = json.loads(base64.b64decode(parts[1])), Checkpoint(parts[4])
    spki, path = base64.b64decode(extra['console']), [base64.b64decode(line) for line in parts[3].splitlines()]
    entry, leaf = checkpoint.holds(extra['body'].encode(), int(parts[2]), path, {})
    checkpoint.check(entry['led'], spki)
    found = {'ledger': entry['led'], 'origin': checkpoint.origin, 'console_key': hashlib.sha256(spki).hexdigest()}
    trusted(trust, found if entry['seq'] else dict(found, genesis=leaf))
    if not trust:
        print('without --trust: compare the console key with trust.json: ' + found['console_key'])
    return 'holds: entry %d, %s, of %d' % (entry['seq'], entry['type'], checkpoint.size)


def export(folder, trust):
    manifest = json.loads((folder / 'manifest.json').read_bytes())
    demand(manifest['format'] == 'quorate-export/1', 'manifest', 'quorate-export/1', manifest['format'])
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob('*')
             if path.is_file() and '__pycache__' not in path.parts}
    listed = {file['name']: file['sha256'] for file in manifest['files']}
    demand(files.keys() - {'manifest.json'} == listed.keys(), 'manifest', sorted(listed), sorted(files))
    for name, digest in listed.items():
        demand(hashlib.sha256(files[name].read_bytes()).hexdigest() == digest, 'manifest', digest, name)
    checkpoint, leaves, keys, named, before = Checkpoint(files['checkpoint.txt'].read_text('utf-8')), {}, {}, {}, -1
    for line in files['ledger-extract.jsonl'].read_text('utf-8').split('\n')[:-1]:
        item = json.loads(line)
        path = [bytes.fromhex(shape({'hash': step}, 'proof', {'hash': HASH})['hash']) for step in item['proof']]
        entry, leaf = checkpoint.holds(item['body'].encode(), item['seq'], path, named)
        seq, data = entry['seq'], entry['data']
        demand(item['leaf'] == leaf and seq > before, 'extract', 'entries in order, each with its leaf', seq)
        if entry['type'] == 'genesis':
            keys = {key['id']: key for key in (ledger_key(key, 'genesis.data') for key in data['keys'])}
            console = next(key for key in keys.values() if key['role'] == 'console')
            checkpoint.check(entry['led'], console['spki'])
            found = {'ledger': entry['led'], 'origin': checkpoint.origin, 'console_key': console['id'], 'genesis': leaf}
            trusted(json.loads(files['trust.json'].read_bytes()), found)
            trusted(trust, found)
        demand(keys, 'extract', 'the genesis first', seq)
        if entry['type'] == 'key_add':
            keys[data['id']] = ledger_key(data, 'key_add.data')
        if entry['type'] == 'cosign':
            lines = ('quorate-ledger/1 cosign', entry['led'], str(data['target']), data['leaf'], entry['cer'] or '',
                     data['meaning'], '')
            holds = data['key'] in keys and leaves.get(data['target']) == data['leaf'] and verifies(
                keys[data['key']]['spki'], data['alg'], '\n'.join(lines).encode(), base64.b64decode(data['sig']))
            demand(holds, 'cosign.signature', 'a signature that holds', seq)
        leaves[seq], before = leaf, seq
    there = {name[len('artefacts/'):]: files[name] for name in files if name.startswith('artefacts/')}
    demand(there.keys() == {name.removeprefix('sha256:') for name in named}, 'artefact.missing', sorted(named), sorted(there))
    for name, path in there.items():
        demand(hashlib.sha256(path.read_bytes()).hexdigest() == name, 'artefact.hash', name, 'another')
    if not trust:
        print('without --trust: compare the genesis leaf with your own note: ' + found['genesis'])
    return 'holds: %d entries of %d, %d artefacts' % (len(leaves), checkpoint.size, len(there))


def main():
    parser = argparse.ArgumentParser(description='Verifies an export or a proof of a Quorate ledger.')
    parser.add_argument('path', type=pathlib.Path)
    parser.add_argument('--trust', type=pathlib.Path, metavar='FILE')
    options = parser.parse_args()
    try:
        trust = shape(json.loads(options.trust.read_bytes()), '--trust', TRUST) if options.trust else None
    except (OSError, ValueError, AttributeError, Broken) as e:
        parser.error(str(e))
    try:
        folder = options.path.is_dir()
        print(export(options.path, trust) if folder else proof(options.path.read_text('utf-8'), trust))
        return 0
    except OSError as e:
        print('cannot be read: %s' % e)
        return 3
    except Broken as e:
        print('does not hold: %s: expected %s, found %s' % e.args)
    except (ValueError, KeyError, TypeError, AttributeError) as e:
        print('does not hold: not of the form: %r' % e)
    return 1


if __name__ == '__main__':
    sys.exit(main())
