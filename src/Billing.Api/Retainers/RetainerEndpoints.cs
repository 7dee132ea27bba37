using Billing.Api.Access;
using Billing.Api.Exchange;
using Billing.Api.Http;
using Billing.Api.Invoicing;
using Billing.Api.SalesTax;
using Billing.Domain;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Retainers;

/// <param name="EngagementIds">Whose work may draw on it; left out, all of the client's.</param>
/// <param name="Terms">Left out, prepaid money that is used by hand.</param>
/// <param name="From">First day of the terms; left out, today in the practice's zone.</param>
public sealed record AgreeRetainerBody(
    Guid ClientId, [property: Text(200)] string Name, IReadOnlyList<Guid>? EngagementIds = null,
    Guid? Id = null, TermsBody? Terms = null, LocalDate? From = null);

/// <param name="ClientId">The retainer's client.</param>
/// <param name="InvoiceId">Id of the deposit invoice that is drafted.</param>
/// <param name="Tax">How it is taxed; left out, as the practice taxes deposits.</param>
public sealed record RequestDepositBody(
    Guid ClientId, Money Amount, Guid? InvoiceId = null, [property: Text(Wording.NoteMaxLength)] string? Note = null,
    DepositTaxBody? Tax = null, IReadOnlyList<InstalmentBody>? Instalments = null);

/// <param name="Taxed">Whether it bears sales tax when it is received; left out, as the practice has it.</param>
/// <param name="Treatment">Left out, that of the work which the retainer is for; sent, the deposit is taxed.</param>
/// <param name="Included">Whether the amount has the tax in it; left out, as prices have it.</param>
public sealed record DepositTaxBody(bool? Taxed = null, TaxTreatmentBody? Treatment = null, bool? Included = null)
{
    public DepositTax ToWish() => new(Taxed, Treatment?.ToWish(), Included);
}

public sealed record SetTermsBody(LocalDate From, TermsBody Terms);

/// <param name="Seconds">Left out, as many as the terms say.</param>
/// <param name="Price">Left out, what the terms say.</param>
/// <param name="BoughtOn">Left out, today in the practice's zone.</param>
/// <param name="DraftsInvoice">Whether a deposit that asks for the price is drafted with it; false where it is asked for otherwise.</param>
/// <param name="InvoiceId">Id of that deposit.</param>
public sealed record BuyHoursBody(
    long? Seconds = null, Money? Price = null, LocalDate? BoughtOn = null, Guid? Id = null, bool DraftsInvoice = true,
    Guid? InvoiceId = null);

/// <param name="Id">Of the retainer.</param>
/// <param name="LotId">Of the block; null where it was bought before.</param>
/// <param name="InvoiceId">The draft that asks for its price; null where there is none.</param>
public sealed record BoughtBlock(Guid Id, long Version, long? Position, Guid? LotId, Guid? InvoiceId) : Receipt(Id, Version, Position);

public sealed record RenewBody(LocalDate? RenewedOn = null, Guid? Id = null);

/// <param name="Seconds">How much beyond the cap; left out, all of the period.</param>
/// <param name="ApprovedOn">The day on which it was approved; left out, today in the practice's zone.</param>
/// <param name="PeriodDay">A day of the period that it is for; left out, the period in which it was approved.</param>
public sealed record ApproveOverageBody(
    long? Seconds = null, LocalDate? ApprovedOn = null, [property: Text(Wording.NoteMaxLength)] string? Note = null,
    Guid? Id = null, LocalDate? PeriodDay = null);

public sealed record RequestTopUpBody(
    Guid? InvoiceId = null, [property: Text(Wording.NoteMaxLength)] string? Note = null);

public sealed record RefundBody(LocalDate? RefundedOn = null, Guid? Id = null);

/// <param name="RefundId">By which it is settled.</param>
public sealed record RefundedRetainer(Guid Id, long Version, long? Position, Guid? RefundId) : Receipt(Id, Version, Position);

/// <param name="RefundId">One of the retainer's refunds.</param>
/// <param name="Method">cash, cheque, transfer or other.</param>
/// <param name="SettledOn">Left out, today in the practice's zone.</param>
public sealed record SettleRetainerRefundBody(
    Guid RefundId, [property: Text(20)] string Method, LocalDate? SettledOn = null,
    [property: Text(PaymentReceipt.MaxReferenceLength)] string? Reference = null);

/// <param name="LastDay">Left out, today in the practice's zone.</param>
public sealed record CloseRetainerBody(LocalDate? LastDay = null);

public static class RetainerEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapRetainerCommands(this IEndpointRouteBuilder v1)
    {
        MapAgreements(v1);
        MapHours(v1);

        v1.Command<RequestDepositBody>("/retainers/{id:guid}:request-deposit", Keepers, call => new DraftDepositCommand(
                call.Context, new DraftDeposit(
                    call.IdOrNew(call.Body.InvoiceId), call.Body.ClientId, call.RouteId(), call.Body.Amount, call.Body.Note,
                    call.Now)
                {
                    Tax = call.Body.Tax?.ToWish(),
                    Instalments = InstalmentBody.Wishes(call.Body.Instalments),
                }),
            (_, done) => Answers.Created(done, "/v1/invoices"));

        v1.Command<RequestTopUpBody>("/retainers/{id:guid}:request-top-up", Keepers, call => new RequestTopUpCommand(
                call.Context, new RequestTopUp(
                    call.RouteId(), call.IdOrNew(call.Body.InvoiceId), PracticeDay.Of(call), call.Body.Note, call.Now)),
            (_, done) => Answers.Created(done, "/v1/invoices"));

        v1.Command<RefundBody>("/retainers/{id:guid}:refund", Keepers, call => new RefundRetainerCommand(
                call.Context, new RefundRetainer(
                    call.RouteId(), call.IdOrNew(call.Body.Id), call.Body.RefundedOn ?? PracticeDay.Of(call), call.Now)),
            (_, done) => new Answer(new RefundedRetainer(
                Answers.IdOf(done), done.Version, Answers.Position(done), done.Find<RetainerEvent.RetainerRefunded>()?.RefundId)));

        v1.Command<SettleRetainerRefundBody>("/retainers/{id:guid}:settle-refund", Keepers, call => new SettleRetainerRefundCommand(
                call.Context, new SettleRetainerRefund(
                    call.RouteId(), call.Body.RefundId, call.Body.Method, call.Body.SettledOn ?? PracticeDay.Of(call),
                    call.Body.Reference, call.Now)),
            (_, done) => Answers.Changed(done));
    }

    private static void MapAgreements(IEndpointRouteBuilder v1)
    {
        v1.Command<AgreeRetainerBody>("/retainers", Keepers, call => new AgreeRetainerCommand(call.Context, new AgreeRetainer(
                call.IdOrNew(call.Body.Id), call.Body.ClientId, call.Body.Name, call.Body.EngagementIds ?? [],
                call.Now, call.Body.Terms is { } terms ? Terms(call, terms, call.Body.From ?? PracticeDay.Of(call)) : null)),
            (_, done) => Answers.Created(done, "/v1/retainers"));

        v1.Command<SetTermsBody>("/retainers/{id:guid}:set-terms", Keepers, call => new SetRetainerTermsCommand(
                call.Context, new SetRetainerTerms(call.RouteId(), Terms(call, call.Body.Terms, call.Body.From), call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<CloseRetainerBody>("/retainers/{id:guid}:close", Keepers, call => new CloseRetainerCommand(
                call.Context, new CloseRetainer(call.RouteId(), call.Body.LastDay ?? PracticeDay.Of(call), call.Now)),
            (_, done) => Answers.Changed(done));
    }

    private static void MapHours(IEndpointRouteBuilder v1)
    {
        v1.Command<BuyHoursBody>("/retainers/{id:guid}:buy-hours", Keepers, Buy, (_, done) =>
        {
            var bought = done.Find<RetainerEvent.RetainerHoursBought>();
            return new Answer(new BoughtBlock(
                Answers.IdOf(done), done.Version, Answers.Position(done), bought?.LotId, bought?.InvoiceId));
        });

        v1.Command<RenewBody>("/retainers/{id:guid}:renew", Keepers, call => new RenewRetainerCommand(
                call.Context, new RenewRetainer(
                    call.RouteId(), call.IdOrNew(call.Body.Id), call.Body.RenewedOn ?? PracticeDay.Of(call), call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<ApproveOverageBody>("/retainers/{id:guid}:approve-overage", Keepers, call => new ApproveOverageCommand(
                call.Context, new ApproveOverage(
                    call.RouteId(), call.IdOrNew(call.Body.Id), call.Body.ApprovedOn ?? PracticeDay.Of(call), call.Body.Seconds,
                    call.Body.Note, call.Now, call.Body.PeriodDay)),
            (_, done) => Answers.Changed(done));
    }

    private static BuyHoursCommand Buy(CommandCall<BuyHoursBody> call)
    {
        var (body, lotId) = (call.Body, call.IdOrNew(call.Body.Id));
        // Of the block's id, so that a repeated request means the same draft.
        var invoiceId = body.DraftsInvoice ? body.InvoiceId ?? NamedIds.Of(lotId, "invoice") : (Guid?)null;
        return new BuyHoursCommand(call.Context, new BuyHours(
            call.RouteId(), lotId, body.Seconds, body.Price, body.BoughtOn ?? PracticeDay.Of(call), call.Now, invoiceId));
    }

    private static AgreedTerms Terms<TBody>(CommandCall<TBody> call, TermsBody body, LocalDate from)
    {
        var currency = body.CurrencyOf(out var isMixed);
        if (isMixed) call.Refuse(MixedCurrencies);
        return new AgreedTerms(from, body.ToTerms(), currency);
    }

    internal static Rejection MixedCurrencies { get; } = new(
        "currency-mismatch", "The amounts of the terms are in several currencies. Send them in the client's.", "/terms",
        RejectionKind.Invalid);
}
