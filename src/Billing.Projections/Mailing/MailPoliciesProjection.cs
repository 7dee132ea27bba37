using Billing.Domain.Mailing;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Projections.Mailing;

/// <summary>Which practices mail by themselves; the steps are read from the stream.</summary>
internal sealed class MailPolicyRow : Row
{
    public static readonly Shape<MailPolicyRow> Shape = new Shape<MailPolicyRow>("mail_policies", "book", "practice_id")
        .Flag("sends_receipts", row => ref row.SendsReceipts)
        .Flag("sends_reminders", row => ref row.SendsReminders)
        .Flag("sends_failed_charges", row => ref row.SendsFailedCharges)
        .Instant("set_at", row => ref row.SetAt);

    public bool SendsReceipts;
    public bool SendsReminders;
    public bool SendsFailedCharges;
    public Instant SetAt;
}

internal sealed class MailPoliciesProjection : Projection
{
    private readonly Table<IdKey, MailPolicyRow> policies = new(MailPolicyRow.Shape);

    public MailPoliciesProjection() => On<MailPolicyEvent.MailPolicySet>((fact, e) =>
    {
        var row = policies.ChangeOrAdd(new IdKey(fact.Book, fact.StreamId));
        row.SendsReceipts = e.SendsReceipts;
        row.SendsReminders = e.SendsReminders;
        row.SendsFailedCharges = e.SendsFailedCharges ?? false;
        row.SetAt = e.SetAt;
    });

    public override int Version => 1;

    public override IReadOnlyList<Table> Tables => [policies];
}
