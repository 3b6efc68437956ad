// An ESME by node-smpp: binds, submits what standard input says, unbinds. Prints a JSON line for each answer.
//   node node_client.js '{"host":"localhost","port":2775,"tls":false,"ca":"ca.pem"}' < submits.json
const fs = require('fs');
const smpp = require('smpp');

const options = JSON.parse(process.argv[2]);
const submits = JSON.parse(fs.readFileSync(0, 'utf8'));
if (options.ca) {
  options.ca = fs.readFileSync(options.ca);
}
const print = (object) => process.stdout.write(JSON.stringify(object) + '\n');

const session = smpp.connect(options, () => {
  session.bind_transceiver({system_id: 'user', password: 'password'}, (answer) => {
    print({bind: answer.command_status, system_id: answer.system_id});
    if (answer.command_status !== 0) {
      session.close();
      return;
    }
    session.enquire_link({}, () => print({enquire_link: true}));
    let open = submits.length;
    for (const submit of submits) {
      session.submit_sm(submit, (response) => {
        print({status: response.command_status, message_id: response.message_id, to: submit.destination_addr});
        open -= 1;
        if (open === 0 && !options.receipts) {
          session.unbind({}, () => session.close());
        }
      });
    }
  });
});
let receipts = options.receipts || 0;
session.on('deliver_sm', (pdu) => {
  session.send(pdu.response());
  print({deliver: pdu.short_message.message, esm_class: pdu.esm_class, id: pdu.receipted_message_id});
  receipts -= 1;
  if (receipts === 0) {
    session.unbind({}, () => session.close());
  }
});
session.on('error', (error) => {
  process.stderr.write(error.message + '\n');
  process.exit(1);
});
