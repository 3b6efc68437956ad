// An ESME by node-smpp: binds, submits what standard input says, unbinds. Prints a JSON line for each answer.
//   node node_client.js '{"host":"localhost","port":2775,"tls":false,"ca":"ca.pem"}' < submits.json
const fs = require('fs');
const smpp = require('smpp');

const options = JSON.parse(process.argv[2]);
const submits = JSON.parse(fs.readFileSync(0, 'utf8'));
if (options.ca) {
  options.ca = fs.readFileSync(options.ca);
}
let open = 0;  // submits without an answer
let delivers = options.delivers || 0;  // receipts and messages still to come
const finish = () => {
  if (open === 0 && delivers <= 0) {
    session.unbind({}, (answer) => {
      print({unbind: answer.command_status});
      session.close();
    });
  }
};
const print = (object) => process.stdout.write(JSON.stringify(object) + '\n');

const session = smpp.connect(options, () => {
  session['bind_' + (options.bind || 'transceiver')]({system_id: 'user', password: 'password'}, (answer) => {
    print({bind: answer.command_status, system_id: answer.system_id});
    if (answer.command_status !== 0) {
      session.close();
      return;
    }
    session.enquire_link({}, () => print({enquire_link: true}));
    open = submits.length;
    finish();
    for (const submit of submits) {
      session.submit_sm(submit, (response) => {
        print({status: response.command_status, message_id: response.message_id, to: submit.destination_addr});
        open -= 1;
        finish();
      });
    }
  });
});
session.on('deliver_sm', (pdu) => {
  session.send(pdu.response());
  const part = (pdu.short_message.udh || [])[0];
  print({deliver: pdu.short_message.message, esm_class: pdu.esm_class, id: pdu.receipted_message_id, from: pdu.source_addr,
    part: part && Array.from(part)});
  delivers -= 1;
  finish();
});
session.on('error', (error) => {
  process.stderr.write(error.message + '\n');
  process.exit(1);
});
