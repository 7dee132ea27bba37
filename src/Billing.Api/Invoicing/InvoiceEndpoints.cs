using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Domain;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.Projections.Invoicing;
using Billing.Projections.Retainers;
using NodaTime;

namespace Billing.Api.Invoicing;

/// <param name="Through">Last day of the work to bill; left out, today.</param>
/// <param name="EntryIds">Which time entries; left out, all unbilled billable ones of the client through that day.</param>
/// <param name="ExpenseIds">Which expenses; left out, all that wait to be rebilled through that day.</param>
/// <param name="RetainerId">Which retainer to draw on, as far as it reaches, beside those that are used
/// automatically.</param>
/// <param name="RetainerIds">Exactly these retainers, in whichever order; left out, the automatic ones.</param>
/// <param name="Fees">Agreed amounts besides, each a line of its own after the work.</param>
public sealed record DraftInvoiceBody(
    Guid ClientId, Guid? Id = null, LocalDate? Through = null, IReadOnlyList<Guid>? EntryIds = null,
    IReadOnlyList<Guid>? ExpenseIds = null, Guid? RetainerId = null, [property: Text(Wording.NoteMaxLength)] string? Note = null,
    IReadOnlyList<Guid>? RetainerIds = null, [property: Text(Drafting.PurchaseOrderMaxLength)] string? PurchaseOrder = null,
    IReadOnlyList<DiscountBody>? Discounts = null, IReadOnlyList<FeeBody>? Fees = null,
    IReadOnlyList<InstalmentBody>? Instalments = null);

/// <param name="Description">As the invoice prints it.</param>
/// <param name="EngagementId">Which it belongs to, for taxes and discounts; left out, none.</param>
public sealed record FeeBody([property: Text(Wording.NameMaxLength)] string Description, Money Amount, Guid? EngagementId = null)
{
    public FeeWish ToWish() => new(Description, Amount, EngagementId);
}

/// <param name="Amount">Left out for a share. All instalments have an amount, or all a share.</param>
/// <param name="BasisPoints">A share of what is to be paid: 2500 is 25 %; left out for an amount.</param>
public sealed record InstalmentBody(LocalDate DueOn, Money? Amount = null, int? BasisPoints = null)
{
    public InstalmentWish ToWish() => new(DueOn, Amount, BasisPoints);

    public static IReadOnlyList<InstalmentWish> Wishes(IReadOnlyList<InstalmentBody>? bodies) =>
        [.. (bodies ?? []).Select(body => body.ToWish())];
}

/// <param name="Amount">In the terms of the prices, so with the tax where they include it; left out for a share.</param>
/// <param name="BasisPoints">A share: 1000 is 10 %; left out for an amount.</param>
/// <param name="EngagementId">Only off its work; left out, as the expense, for the whole invoice.</param>
public sealed record DiscountBody(Money? Amount = null, int? BasisPoints = null, Guid? EngagementId = null, Guid? ExpenseId = null)
{
    public DiscountWish ToWish() => new(Amount, BasisPoints, EngagementId, ExpenseId);
}

/// <summary>In full: what is left out is taken away.</summary>
public sealed record DescribeDraftBody(
    [property: Text(Drafting.PurchaseOrderMaxLength)] string? PurchaseOrder = null,
    [property: Text(Wording.NoteMaxLength)] string? Note = null, IReadOnlyList<DiscountBody>? Discounts = null,
    IReadOnlyList<InstalmentBody>? Instalments = null);

/// <param name="RetainerIds">Exactly these, and no others; none where it is empty.</param>
public sealed record UseRetainersBody(IReadOnlyList<Guid> RetainerIds);

/// <param name="IssuedOn">The day on the invoice; left out, today in the practice's zone.</param>
/// <param name="Instalments">In which parts it is to be paid; left out, as the draft says.</param>
public sealed record FinalizeInvoiceBody(LocalDate? IssuedOn = null, IReadOnlyList<InstalmentBody>? Instalments = null);

/// <param name="VoidedOn">Left out, today in the practice's zone.</param>
public sealed record VoidInvoiceBody([property: Text(200)] string Reason, LocalDate? VoidedOn = null);

/// <param name="Opens">What the link shows: <c>account</c>, the client's other invoices and statements too, or
/// <c>invoice</c> alone.</param>
public sealed record ShareInvoiceBody([property: OneOf(typeof(SharedScope), nameof(SharedScope.All))] string Opens = SharedScope.Account);

/// <summary>How much of a client's account a link to an invoice opens.</summary>
public static class SharedScope
{
    public const string Account = "account";
    public const string Invoice = "invoice";

    public static IReadOnlyList<string> All { get; } = [Account, Invoice];
}

public sealed record RevokeShareBody(Guid LinkId);

/// <param name="Due">What the client still has to pay, after the retainer and the client's credit.</param>
public sealed record FinalizedInvoice(
    Guid Id, long Version, long? Position, string? Number, Money? Total, Money? RetainerApplied, Money? Due, LocalDate? DueOn)
    : Receipt(Id, Version, Position)
{
    /// <summary>What of the total is sales tax.</summary>
    public Money? Tax { get; init; }

    /// <summary>What the client's credit paid at once.</summary>
    public Money? CreditApplied { get; init; }
}

/// <param name="Url">Shown once; whoever has it sees this invoice and can pay it, until the link is revoked.</param>
public sealed record SharedInvoice(Guid Id, long Version, long? Position, Guid? LinkId, Uri? Url) : Receipt(Id, Version, Position);

public static class InvoiceEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapInvoiceCommands(this IEndpointRouteBuilder v1)
    {
        v1.Command<DraftInvoiceBody>("/invoices", Keepers, Draft,
            (_, done) => Answers.Created(done, "/v1/invoices"), afterAllWrites: _ => true);

        v1.Command<UseRetainersBody>("/invoices/{id:guid}:use-retainers", Keepers, call => new UseRetainersCommand(
                call.Context, new UseRetainers(call.RouteId(), call.Body.RetainerIds, call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<DescribeDraftBody>("/invoices/{id:guid}:describe", Keepers, call => new DescribeDraftCommand(
                call.Context, new DescribeDraft(
                    call.RouteId(), call.Body.PurchaseOrder, call.Body.Note, Discounts(call.Body.Discounts), call.Now)
                {
                    Instalments = InstalmentBody.Wishes(call.Body.Instalments),
                }),
            (_, done) => Answers.Changed(done));

        v1.Command<NoBody>("/invoices/{id:guid}:discard", Keepers, call => new DiscardDraftCommand(
                call.Context, new DiscardDraft(call.RouteId(), call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<FinalizeInvoiceBody>("/invoices/{id:guid}:finalize", Keepers, call => new FinalizeInvoiceCommand(
                call.Context, new FinalizeInvoice(call.RouteId(), call.Body.IssuedOn ?? PracticeDay.Of(call), call.Now)
                {
                    Instalments = call.Body.Instalments is { } parts ? InstalmentBody.Wishes(parts) : null,
                    CreditHolderIds = call.Http.RequestServices.GetRequiredService<ClientCreditQueries>()
                        .HoldersFor(call.Caller.Book, call.RouteId()),
                }),
            (call, done) => new Answer(Finalized(call.RouteId(), done)), afterAllWrites: _ => true);

        v1.Command<VoidInvoiceBody>("/invoices/{id:guid}:void", Keepers, call => new VoidInvoiceCommand(
                call.Context,
                new VoidInvoice(call.RouteId(), call.Body.Reason, call.Body.VoidedOn ?? PracticeDay.Of(call), call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<ShareInvoiceBody>("/invoices/{id:guid}:share", Keepers, Share, (call, done) =>
        {
            var shared = done.Find<InvoiceEvent.InvoiceShared>();
            var url = SharedLink.NewAddress(call.Http, "/i", done);
            return new Answer(new SharedInvoice(call.RouteId(), done.Version, Answers.Position(done), shared?.LinkId, url));
        });

        v1.Command<RevokeShareBody>("/invoices/{id:guid}:revoke-share", Keepers, call => new RevokeShareCommand(
                call.Context, new RevokeShare(call.RouteId(), call.Body.LinkId, call.Now)),
            (_, done) => Answers.Changed(done));
    }

    private static DraftInvoiceCommand? Draft(CommandCall<DraftInvoiceBody> call)
    {
        var body = call.Body;
        var through = body.Through ?? PracticeDay.Of(call);
        var unbilled = call.Http.RequestServices.GetRequiredService<UnbilledWork>();
        if (!unbilled.TrySelect(
            call.Caller.Book, body.ClientId, through, body.EntryIds, body.ExpenseIds, out var selected, out var unknown))
        {
            call.Refuse(new Rejection(
                "entry-unknown", $"There is no time entry {unknown:D}.", "/entryIds", RejectionKind.NotFound));
            return null;
        }
        return new DraftInvoiceCommand(call.Context, new DraftInvoice(
            call.IdOrNew(body.Id), body.ClientId, selected.Time, selected.ExpenseIds, body.RetainerId, through, body.Note,
            call.Now)
        {
            PurchaseOrder = body.PurchaseOrder,
            Discounts = Discounts(body.Discounts),
            Fees = [.. (body.Fees ?? []).Select(fee => fee.ToWish())],
            Instalments = InstalmentBody.Wishes(body.Instalments),
            MoreRetainerIds = body.RetainerIds
                ?? call.Http.RequestServices.GetRequiredService<RetainerQueries>().Automatic(call.Caller.Book, body.ClientId),
        });
    }

    private static IReadOnlyList<DiscountWish> Discounts(IReadOnlyList<DiscountBody>? bodies) =>
        [.. (bodies ?? []).Select(body => body.ToWish())];

    private static ShareInvoiceCommand Share(CommandCall<ShareInvoiceBody> call)
    {
        if (!SharedScope.All.Contains(call.Body.Opens))
            call.Refuse("/opens", "malformed", $"Say {string.Join(" or ", SharedScope.All)}.");
        return new ShareInvoiceCommand(
            call.Context, new ShareInvoice(call.RouteId(), call.IdOrNew(null), SharedLink.NewSecret(call.Http), call.Now)
            {
                OpensAccount = call.Body.Opens == SharedScope.Account,
            });
    }

    private static FinalizedInvoice Finalized(Guid id, CommandResult.Done done)
    {
        if (done.Find<InvoiceEvent.InvoiceFinalized>() is not { } facts)
            return new FinalizedInvoice(id, done.Version, Answers.Position(done), null, null, null, null, null);
        var currency = Currency.Of(facts.Currency);
        return new FinalizedInvoice(
            id, done.Version, Answers.Position(done), facts.Number, new Money(facts.TotalMinor, currency),
            new Money(facts.RetainerAppliedMinor, currency),
            new Money(facts.DueMinor(), currency), facts.DueOn)
        {
            Tax = new Money(facts.TaxMinor(), currency),
            CreditApplied = new Money(facts.CreditAppliedMinor ?? 0, currency),
        };
    }
}
