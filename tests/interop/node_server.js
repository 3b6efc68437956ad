// A message centre by node-smpp: takes everything, prints a JSON line for each PDU, ends when its input does.
//   node node_server.js [CERT KEY]
const fs = require('fs');
const smpp = require('smpp');

const [cert, key] = process.argv.slice(2);
const options = cert ? {cert: fs.readFileSync(cert), key: fs.readFileSync(key)} : {};
const print = (object) => process.stdout.write(JSON.stringify(object) + '\n');
let count = 0;

const server = smpp.createServer(options, (session) => {
  for (const bind of ['bind_transmitter', 'bind_transceiver', 'bind_receiver']) {
    session.on(bind, (pdu) => {
      print({bind, system_id: pdu.system_id, password: pdu.password});
      session.send(pdu.response(pdu.password === 'wrong' ? {command_status: smpp.ESME_RINVPASWD} : {system_id: 'node'}));
    });
  }
  session.on('submit_sm', (pdu) => {
    count += 1;
    const refused = pdu.destination_addr.endsWith('666');
    print({
      from: pdu.source_addr, to: pdu.destination_addr, coding: pdu.data_coding, esm_class: pdu.esm_class,
      text: pdu.short_message.message.toString(), udh: pdu.short_message.udh,
    });
    session.send(pdu.response(refused ? {command_status: smpp.ESME_RINVDSTADR} : {message_id: `node-${count}`}));
  });
  session.on('enquire_link', (pdu) => session.send(pdu.response()));
  session.on('unbind', (pdu) => {
    session.send(pdu.response());
    session.close();
  });
  session.on('error', (error) => print({error: error.message}));
});
server.listen(0, '127.0.0.1', () => print({port: server.address().port}));
process.stdin.on('end', () => process.exit(0)).resume();
