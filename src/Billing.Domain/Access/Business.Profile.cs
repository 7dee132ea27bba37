using System.Text.RegularExpressions;
using Billing.Domain.Values;
using static Billing.Domain.Access.BusinessEvent;

namespace Billing.Domain.Access;

/// <summary>Who the practice is and by which policies it invoices.</summary>
public static partial class Business
{
    public const int TaxIdMaxLength = 50;

    public static Decision<BusinessEvent> Decide(BusinessState state, OpenBusiness command)
    {
        var opened = new BusinessOpened(command.BusinessId, command.Name, command.TimeZone, command.Currency, command.At);
        if (state is BusinessState.Open open)
        {
            return open.OpenedAs with { OpenedAt = command.At } == opened
                ? Decision<BusinessEvent>.AlreadyDone
                : new Rejection("id-taken", "A practice with this id is open already, as another one.", "/id");
        }
        var refusal = Wording.RefuseName(command.Name, "/name") ?? TimeZones.Refuse(command.TimeZone, "/timeZone")
            ?? Currency.Refuse(command.Currency, "/currency");
        return refusal is null ? opened : refusal;
    }

    public static Decision<BusinessEvent> Decide(BusinessState state, DescribeBusiness command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        var refusal = Wording.RefuseName(command.Name, "/name")
            ?? Wording.RefuseAddress(command.AddressLines, "/addressLines")
            ?? Wording.RefuseEmail(command.Email, "/email")
            ?? Wording.RefuseLine(command.TaxId, TaxIdMaxLength, "/taxId");
        if (refusal is not null) return refusal;

        var isSame = open.Name == command.Name && open.Email == command.Email && open.TaxId == command.TaxId
            && open.AddressLines.SequenceEqual(command.AddressLines);
        return isSame
            ? Decision<BusinessEvent>.AlreadyDone
            : new BusinessDescribed(command.Name, command.AddressLines, command.Email, command.TaxId, command.At);
    }

    /// <summary>Owners who were in the zone of their practice go with it; whoever works elsewhere stays there.</summary>
    public static Decision<BusinessEvent> Decide(BusinessState state, MoveBusiness command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        if (open.TimeZone == command.TimeZone) return Decision<BusinessEvent>.AlreadyDone;
        if (TimeZones.Refuse(command.TimeZone, "/timeZone") is { } refusal) return refusal;
        var goWithIt = open.Owners.Where(owner => owner.TimeZone == open.TimeZone).OrderBy(owner => owner.MemberId)
            .Select(owner => new MemberMoved(owner.MemberId, command.TimeZone, command.At));
        return (BusinessEvent[])[new BusinessMoved(command.TimeZone, command.At), .. goWithIt];
    }

    public static Decision<BusinessEvent> Decide(BusinessState state, SetInvoicingPolicy command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        var policy = new InvoicingPolicy(
            command.NumberPrefix, command.PaymentTermsDays, command.Rounding, command.CreditNotePrefix, command.AppliesCredit);
        if (open.Invoicing == policy) return Decision<BusinessEvent>.AlreadyDone;
        if (RefusePolicy(policy) is { } refusal) return refusal;
        return new InvoicingPolicySet(
            policy.NumberPrefix, policy.PaymentTermsDays, policy.Rounding, command.At, policy.CreditNotePrefix,
            policy.AppliesCredit ? true : null);
    }

    private static Rejection? RefusePolicy(InvoicingPolicy policy)
    {
        if (!NumberPrefix().IsMatch(policy.NumberPrefix))
        {
            return Invalid(
                "number-prefix-malformed", "A number prefix has 1 to 12 of the letters A to Z, digits and hyphens.",
                "/numberPrefix");
        }
        if (policy.CreditNotePrefix is { } prefix && (!NumberPrefix().IsMatch(prefix) || prefix == policy.NumberPrefix))
        {
            return Invalid(
                "number-prefix-malformed",
                "The prefix of credit notes has 1 to 12 of the letters A to Z, digits and hyphens, and is not that of invoices.",
                "/creditNotePrefix");
        }
        return InvoicingPolicy.RefuseTerms(policy.PaymentTermsDays) ?? RoundingPolicy.Refuse(policy.Rounding, "/rounding");
    }

    private static Rejection NoSuchBusiness { get; } =
        new("business-unknown", "There is no such practice.", Kind: RejectionKind.NotFound);

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);

    [GeneratedRegex(@"\A[A-Z0-9-]{1,12}\z")]
    private static partial Regex NumberPrefix();
}
