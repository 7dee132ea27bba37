using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.EInvoicing;
using Billing.Projections.Invoicing;
using NodaTime;

namespace Billing.Api.Invoicing;

/// <param name="Lines">What of which lines; left out, an amount or all that is left.</param>
/// <param name="Amount">Shared out over all lines by what is left of them.</param>
/// <param name="RefundDue">Of what was paid before: what is owed back to the client.</param>
/// <param name="ClientCredit">Of what was paid before: what is kept as the client's credit.</param>
/// <param name="SettledOutside">Of what was paid before: what was given back by hand. The three add up to it.</param>
/// <param name="IssuedOn">The day on the credit note; left out, today in the practice's zone.</param>
public sealed record CreditInvoiceBody(
    [property: Text(Wording.NameMaxLength)] string Reason, IReadOnlyList<CreditLineBody>? Lines = null, Money? Amount = null,
    Money? RefundDue = null, Money? ClientCredit = null, Money? SettledOutside = null, LocalDate? IssuedOn = null, Guid? Id = null);

/// <param name="Amount">Left out, all that is left of the line.</param>
public sealed record CreditLineBody(int LineNumber, Money? Amount = null);

/// <param name="Method">cash, cheque, transfer or other.</param>
/// <param name="SettledOn">Left out, today in the practice's zone.</param>
public sealed record SettleRefundBody(
    Guid CreditNoteId, [property: Text(20)] string Method, LocalDate? SettledOn = null,
    [property: Text(PaymentReceipt.MaxReferenceLength)] string? Reference = null, Guid? Id = null);

/// <param name="WrittenOffOn">Left out, today in the practice's zone.</param>
public sealed record WriteOffInvoiceBody([property: Text(Wording.NameMaxLength)] string Reason, LocalDate? WrittenOffOn = null);

/// <param name="Reduced">What it took off what was still due.</param>
public sealed record CreditedInvoice(
    Guid Id, long Version, long? Position, Guid? CreditNoteId, string? Number, Money? Total, Money? Reduced)
    : Receipt(Id, Version, Position);

public static class CreditNoteEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapCreditNotes(this IEndpointRouteBuilder v1)
    {
        v1.Query<ListView<CreditNoteView>>("/credit-notes", Keepers, call => new(call.Paged(
            call.Service<CreditNoteQueries>().CreditNotes(call.Book, call.Id("client"), call.Page()))),
            "client", "cursor", "limit", AsOf.Known);

        v1.Query<ListView<CreditNoteView>>("/invoices/{id:guid}/credit-notes", Keepers, call => new(
            Lists.All(call.Service<CreditNoteQueries>().OfInvoice(call.Book, call.RouteId()))), AsOf.Known);

        v1.MapGet("/invoices/{id:guid}/credit-notes/{number}/pdf", (Delegate)Pdf)
            .WithMetadata(new AllowedRoles(Keepers))
            .Produces(200, contentType: "application/pdf");

        v1.Command<CreditInvoiceBody>("/invoices/{id:guid}:credit", Keepers, call => new IssueCreditNoteCommand(
                call.Context, new IssueCreditNote(
                    call.RouteId(), call.IdOrNew(call.Body.Id),
                    [.. (call.Body.Lines ?? []).Select(line => new CreditWish(line.LineNumber, line.Amount))], call.Body.Amount,
                    new CreditSettlement(call.Body.RefundDue, call.Body.ClientCredit, call.Body.SettledOutside), call.Body.Reason,
                    call.Body.IssuedOn ?? PracticeDay.Of(call), call.Now)),
            (call, done) => new Answer(Credited(call.RouteId(), done)));

        v1.Command<SettleRefundBody>("/invoices/{id:guid}:settle-refund", Keepers, call => new SettleRefundCommand(
                call.Context, new SettleRefund(
                    call.RouteId(), call.Body.CreditNoteId, call.IdOrNew(call.Body.Id), call.Body.Method,
                    call.Body.SettledOn ?? PracticeDay.Of(call), call.Body.Reference, call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<WriteOffInvoiceBody>("/invoices/{id:guid}:write-off", Role.Owner, call => new WriteOffInvoiceCommand(
                call.Context, new WriteOffInvoice(
                    call.RouteId(), call.Body.Reason, call.Body.WrittenOffOn ?? PracticeDay.Of(call), call.Now)),
            (_, done) => Answers.Changed(done));
    }

    private static CreditedInvoice Credited(Guid id, CommandResult.Done done)
    {
        var note = done.Find<InvoiceEvent.CreditNoteIssued>();
        return new CreditedInvoice(
            id, done.Version, Answers.Position(done), note?.CreditNoteId, note?.Number, In(note?.TotalMinor), In(note?.ReducedMinor));

        Money? In(long? minor) => minor is { } amount ? new Money(amount, Currency.Of(note!.Currency)) : null;
    }

    private static async Task<IResult> Pdf(HttpContext http, Guid id, string number, IDocumentRenderer renderer)
    {
        var (caller, problem) = await Admission.Admit(http, Keepers);
        if (caller is null) return problem!.AsResult();
        var state = await new QueryCall(http, caller).Session().Load(Invoice.Stream, id);
        return File(state, number, renderer) ?? Problem.NotFound("credit note").AsResult();
    }

    /// <summary>The credit note with this number; null where the invoice has none.</summary>
    public static IResult? File(InvoiceState state, string number, IDocumentRenderer renderer)
    {
        if (Find(state, number) is not var (invoice, note)) return null;
        return Results.File(renderer.Render(EInvoice.Printed(invoice, note)).Pdf, "application/pdf", $"{note.Number}.pdf");
    }

    /// <summary>With its invoice; null where that has none with this number.</summary>
    public static (InvoiceEvent.InvoiceFinalized Invoice, InvoiceEvent.CreditNoteIssued Note)? Find(InvoiceState state, string number) =>
        state.Issued is { } issued && issued.CreditNotes.Values.FirstOrDefault(note => note.Facts.Number == number) is { } note
            ? (issued.Facts, note.Facts)
            : null;
}
