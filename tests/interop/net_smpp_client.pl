# Binds to an SMSC with Net::SMPP (Debian: libnet-smpp-perl), submits, and prints what it got as JSON lines.
#   perl net_smpp_client.pl '{"host":..,"port":..,"bind":"transceiver","submits":[{...}],"delivers":N}'
use strict;
use warnings;
use JSON::PP;
use Net::SMPP;

my $json = JSON::PP->new->canonical->latin1;
my $task = decode_json($ARGV[0]);
my $kind = "new_$task->{bind}";
$| = 1;

sub put { print $json->encode($_[0]), "\n" }

my ($smpp, $bound) = Net::SMPP->$kind(
    $task->{host}, port => $task->{port}, system_id => "user", password => $task->{password} // "password",
    interface_version => 0x34) or die "no connection: $!";
put({bind => 0 + $bound->{status}, system_id => $bound->{system_id}});
exit 0 if $bound->{status};

my @kept;  # what the SMSC sends while a response is awaited

sub answer_to {
    my ($sequence) = @_;
    while (1) {
        my $pdu = $smpp->read_pdu() or die "connection lost";
        return $pdu if $pdu->{seq} == $sequence && $pdu->{cmd} & 0x80000000;
        push @kept, $pdu;
    }
}

for my $submit (@{$task->{submits}}) {
    $submit->{short_message} = pack("H*", delete $submit->{hex}) if defined $submit->{hex};
    $submit->{message_payload} = pack("H*", delete $submit->{payload_hex}) if defined $submit->{payload_hex};
    my $answer = answer_to($smpp->submit_sm(%$submit, async => 1));
    put({to => $submit->{destination_addr}, status => 0 + $answer->{status}, message_id => $answer->{message_id}});
}

for (1 .. ($task->{delivers} // 0)) {
    my $pdu = shift(@kept) || $smpp->read_pdu() or die "connection lost";
    $smpp->deliver_sm_resp(message_id => "", seq => $pdu->{seq});
    put({from => $pdu->{source_addr}, esm_class => 0 + $pdu->{esm_class}, data_coding => 0 + $pdu->{data_coding},
          hex => unpack("H*", $pdu->{short_message})});
}

put({enquire_link => 0 + answer_to($smpp->enquire_link(async => 1))->{status}});
put({unbind => 0 + answer_to($smpp->unbind(async => 1))->{status}});
