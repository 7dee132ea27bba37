using System.Text;
using Billing.Api.Commands;
using Billing.Domain.Access;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Projections.Documents;
using Microsoft.AspNetCore.WebUtilities;
using NodaTime;

namespace Billing.Api.Invoicing.Share;

/// <summary>Charges without the client, as the client sees them beside an invoice.</summary>
/// <param name="Offer">What the client can agree to while paying; null where nothing is offered, or agreed already.</param>
/// <param name="Active">From what later invoices are charged; null where nothing is.</param>
/// <param name="News">What came of charging this invoice; null where nothing is to be said.</param>
public sealed record SharedCollection(ConsentOffer? Offer, string? Active, string? News, string WithdrawPath)
{
    /// <param name="account">The practice's at Stripe: what another account keeps is not charged.</param>
    public static async ValueTask<SharedCollection> Of(
        BookSession session, InvoiceState state, string? account, DocumentLanguage language, string path)
    {
        var issued = state.Issued!;
        var collection = await session.Load(Collection.Stream, issued.Facts.ClientId);
        var business = await session.Load(Business.Stream, session.Context.Book.Value) as BusinessState.Open;
        var isActive = collection.StatusIn(account) == CollectionStatus.Active;
        return new SharedCollection(
            isActive || collection.IsOff ? null : OfferOf(collection.Offered, issued, language),
            isActive ? ActiveOf(collection, collection.MethodIn(account)!, business, language) : null,
            issued.Collections is [.., var last] && state.OpenMinor > 0
                ? NewsOf(issued, await session.Load(Payment.Stream, last) as PaymentState.Online, business, language)
                : null,
            $"{path}/collection/withdraw");
    }

    /// <summary>What the sent form says that the client agreed to; null for nothing.</summary>
    public static ShownConsent? ConsentIn(ReadOnlySpan<byte> form, DocumentLanguage language)
    {
        var sent = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(form));
        return sent.TryGetValue("agree", out var value) && value.ToString().Split('/') is [var version, var collectsOn]
            ? new ShownConsent(collectsOn, version, language.Code, ConsentWays.SharePage)
            : null;
    }

    /// <summary>Its words are those of <see cref="Collection.TextVersion"/>.</summary>
    private static ConsentOffer OfferOf(string collectsOn, IssuedInvoice issued, DocumentLanguage language) => new(
        $"{Collection.TextVersion}/{collectsOn}",
        language.Word($"page-collect-{collectsOn}", ("seller", issued.Facts.Texts?.Seller.Name ?? "")));

    private static string ActiveOf(
        CollectionState collection, SavedMethod method, BusinessState.Open? business, DocumentLanguage language)
    {
        var agreement = collection.Agreement!;
        return language.Word(
            $"page-collect-active-{agreement.CollectsOn}", ("method", MethodOf(method, language)),
            ("day", DayOf(agreement.AgreedAt, business, language)));
    }

    private static string MethodOf(SavedMethod method, DocumentLanguage language)
    {
        var brand = method.Brand ?? method.Kind;
        return method is { ExpiresMonth: { } month, ExpiresYear: { } year }
            ? language.Word(
                "page-collect-card", ("brand", brand), ("last", method.LastFour ?? ""),
                ("month", FormattableString.Invariant($"{month:00}")), ("year", FormattableString.Invariant($"{year}")))
            : language.Word("page-collect-account", ("brand", brand), ("last", method.LastFour ?? ""));
    }

    /// <summary>What became of the last charge, while something of what it asked for is open.</summary>
    private static string? NewsOf(
        IssuedInvoice issued, PaymentState.Online? payment, BusinessState.Open? business, DocumentLanguage language)
    {
        if (payment?.Automatic?.WantedMinor(issued) == 0) return null;
        switch (payment)
        {
            case { Stage: PaymentStage.Attempted or PaymentStage.Pending }:
                return language.Word("page-collect-under-way");
            case { Stage: PaymentStage.Failed { Code: FailureCode.AuthenticationRequired } }:
                return language.Word("page-collect-confirm");
            case { Stage: PaymentStage.Failed failed, Automatic: { } charge }:
                var told = language.Word(
                    "page-collect-failed", ("day", DayOf(failed.FailedAt, business, language)), ("reason", failed.Reason));
                var next = CollectionSchedule.NextAfter(charge.TryNumber(), failed) is null ? "page-collect-pay" : "page-collect-again";
                return $"{told} {language.Word(next)}";
            default:
                return null;
        }
    }

    private static string DayOf(Instant at, BusinessState.Open? business, DocumentLanguage language) =>
        language.Day(business?.DayOf(at) ?? at.InUtc().Date);
}

/// <param name="Value">What the form sends where the client agrees: the version of the text, and when it says invoices are charged.</param>
/// <param name="Text">What the client agrees to.</param>
public sealed record ConsentOffer(string Value, string Text);
