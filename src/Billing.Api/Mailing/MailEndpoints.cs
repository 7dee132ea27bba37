using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain;
using Billing.Domain.Mailing;
using Billing.Domain.Values;
using Billing.Projections.Mailing;

namespace Billing.Api.Mailing;

/// <param name="Recipient">Left out, the client's address.</param>
/// <param name="MailId">The id of the mail; left out, a new one.</param>
public sealed record SendMailBody([property: Text(Wording.EmailMaxLength)] string? Recipient = null, Guid? MailId = null);

/// <param name="Recipient">Left out, the client's address.</param>
/// <param name="MailId">The id of the mail; left out, a new one.</param>
public sealed record SendCreditNoteBody(
    Guid CreditNoteId, [property: Text(Wording.EmailMaxLength)] string? Recipient = null, Guid? MailId = null);

/// <param name="Recipient">Left out, the same as before.</param>
public sealed record ResendMailBody([property: Text(Wording.EmailMaxLength)] string? Recipient = null);

/// <param name="Reason">As the bounce says.</param>
public sealed record NoteBounceBody([property: Text(Mail.ReasonMaxLength)] string Reason);

/// <param name="SendsReceipts">A receipt for each payment that succeeds from now on.</param>
/// <param name="SendsReminders">Reminders that are due, each day.</param>
/// <param name="ReminderDays">Days after an invoice's due day, negative before it; rising, at most ten.</param>
/// <param name="SendsFailedCharges">That a charge to a kept method failed, to the client and to the practice's own address.</param>
public sealed record SetMailPolicyBody(
    bool SendsReceipts, bool SendsReminders, IReadOnlyList<int> ReminderDays, bool SendsFailedCharges = false);

/// <summary>What the practice mails by itself.</summary>
public sealed record MailPolicyView(
    bool SendsReceipts, bool SendsReminders, IReadOnlyList<int> ReminderDays, bool SendsFailedCharges);

/// <summary>Mails: putting them into the outbox, and seeing to those that did not arrive.</summary>
public static class MailEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapMails(this IEndpointRouteBuilder v1)
    {
        v1.Command<SendMailBody>("/invoices/{id:guid}:send", Keepers, call => new SendInvoiceCommand(
                call.Context, call.RouteId(), call.IdOrNew(call.Body.MailId), call.Body.Recipient,
                NewLink.Make(call.IdOrNew(null), PublicAddress.Of(call.Http, "/"))),
            (_, done) => Answers.Created(done, "/v1/mails"));

        v1.Command<SendCreditNoteBody>("/invoices/{id:guid}:send-credit-note", Keepers, call => new SendCreditNoteCommand(
                call.Context, call.RouteId(), call.Body.CreditNoteId, call.IdOrNew(call.Body.MailId), call.Body.Recipient),
            (_, done) => Answers.Created(done, "/v1/mails"));

        v1.Command<SendMailBody>("/payments/{id:guid}:send-receipt", Keepers, call => new SendReceiptCommand(
                call.Context, call.RouteId(), call.IdOrNew(call.Body.MailId), call.Body.Recipient),
            (_, done) => Answers.Created(done, "/v1/mails"));

        v1.Command<ResendMailBody>("/mails/{id:guid}:resend", Keepers, call => Change(
                call, state => Mail.Decide(state, new ResendMail(call.RouteId(), call.Body.Recipient, call.Now))),
            (_, done) => Answers.Changed(done));

        v1.Command<NoBody>("/mails/{id:guid}:confirm", Keepers, call => Change(
                call, state => Mail.Decide(state, new ConfirmMail(call.RouteId(), call.Now))),
            (_, done) => Answers.Changed(done));

        v1.Command<NoteBounceBody>("/mails/{id:guid}:note-bounce", Keepers, call => Change(
                call, state => Mail.Decide(state, new NoteBounce(call.RouteId(), call.Body.Reason, call.Now))),
            (_, done) => Answers.Changed(done));

        v1.Command<SetMailPolicyBody>("/mail-policy:set", Role.Owner, call => new SetMailPolicyCommand(
                call.Context, new SetMailPolicy(
                    call.Body.SendsReceipts, call.Body.SendsReminders, call.Body.ReminderDays, call.Now, call.Body.SendsFailedCharges)),
            (_, done) => Answers.Changed(done));

        v1.Query<MailPolicyView>("/mail-policy", Keepers, async call =>
        {
            var policy = await call.Session().Load(MailPolicy.Stream, call.Book.Value);
            return new MailPolicyView(policy.SendsReceipts, policy.SendsReminders, policy.ReminderDays, policy.SendsFailedCharges);
        });

        v1.Query<ListView<MailView>>("/mails", Keepers, call => new(call.Paged(call.Service<MailQueries>().Mails(
            call.Book, new MailFilter(call.Id("client"), call.OneOf("status", MailStatus.All)), call.Page()))),
            "client", "status", "cursor", "limit");

        v1.Query<MailDetail>("/mails/{id:guid}", Keepers, call => call.Detail(
            "mail", Mail.Stream, () => call.Service<MailQueries>().Mail(call.Book, call.RouteId()), view => view.Version,
            (view, state, _) => ValueTask.FromResult(
                new MailDetail(view, state.Asked?.Texts?.Body, state.Asked?.Attachments ?? []))));
    }

    private static ChangeMailCommand Change<TBody>(CommandCall<TBody> call, Func<MailState, Decision<MailEvent>> decide) =>
        new(call.Context, call.RouteId(), decide);
}

/// <param name="Body">Null once it is erased.</param>
public sealed record MailDetail(MailView Mail, string? Body, IReadOnlyList<MailAttachment> Attachments);
