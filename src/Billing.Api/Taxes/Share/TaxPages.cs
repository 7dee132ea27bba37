using System.Globalization;
using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Pages;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.EventStore.Port;
using Billing.Projections.Documents;
using Billing.Projections.Taxes;
using NodaTime;

namespace Billing.Api.Taxes.Share;

/// <summary>
/// The report as pages: for the practice's keepers who are signed in, and for the bearer of a link to it, who can see it, follow its
/// lines, look at vouchers and download both. The bearer of a calendar's link sees due dates and amounts, and nothing else.
/// </summary>
public static class TaxPages
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    private static readonly PublicEndpoint Why =
        PublicEndpoint.Because("the link's 256 random bits are the key to this one practice's tax report");

    private static readonly PublicEndpoint WhyCalendar =
        PublicEndpoint.Because("the link's 256 random bits are the key to this one practice's due dates");

    public static void MapTaxPages(this WebApplication app)
    {
        foreach (var (folder, why) in new[] { ("/t/{secret}", Why), ("/tax", PageSession.Why) })
        {
            var year = $"{folder}/{{year:int}}";
            app.MapGet(folder, (Delegate)Show).WithMetadata(why);
            app.MapGet(year, (Delegate)Show).WithMetadata(why);
            app.MapGet($"{year}/report.pdf", (Delegate)DownloadPdf).WithMetadata(why);
            app.MapGet($"{year}/report.csv", (Delegate)DownloadCsv).WithMetadata(why);
            app.MapGet($"{year}/lines/{{code}}", (Delegate)ShowLine).WithMetadata(why);
            app.MapGet($"{year}/vouchers/{{quarter:int}}", (Delegate)ShowVoucher).WithMetadata(why);
            app.MapGet($"{year}/vouchers/{{quarter:int}}/voucher.pdf", (Delegate)DownloadVoucher).WithMetadata(why);
        }
        app.MapGet("/c/{secret}/estimated-tax.ics", (Delegate)Feed).WithMetadata(WhyCalendar);
    }

    private static Task<IResult> Show(HttpContext http)
    {
        var words = PageWords.For(http.Request);
        return OfReport(http, words.Code, (viewer, report) => PageAnswers.Page<ReportPage>(
            http, new { Words = words, Report = report.Model, Path = viewer.PathOf(report.Model.TaxYear), viewer.IsSignedIn }));
    }

    private static Task<IResult> DownloadPdf(HttpContext http, IDocumentRenderer renderer) =>
        OfReport(http, PageWords.For(http.Request).Code, (_, report) => TaxReportEndpoints.Pdf(report, renderer));

    /// <summary>A table for programs is the same in every language.</summary>
    private static Task<IResult> DownloadCsv(HttpContext http) =>
        OfReport(http, language: null, (_, report) => TaxReportEndpoints.Csv(report));

    private static Task<IResult> ShowLine(HttpContext http, string code, LineExplanations explanations) =>
        OfEstimate(http, async (viewer, estimated) =>
        {
            if (await explanations.Of(viewer.Book, estimated, code, http.RequestAborted) is not { } explanation)
                return Problem.NotFound("line in this estimate").AsResult();
            var words = PageWords.For(http.Request);
            return PageAnswers.Page<LinePage>(http, new
            {
                Words = words,
                Explanation = explanation,
                Working = estimated.Estimate.Lines,
                Names = ActorNames.Of(http, viewer.Book, words["tax.former-member"]),
                Path = viewer.PathOf(estimated.Estimate.Year),
            });
        });

    private static Task<IResult> ShowVoucher(HttpContext http, int quarter) => OfVoucher(http, quarter, (viewer, voucher) =>
        PageAnswers.Page<VoucherPage>(
            http, new { Words = PageWords.For(http.Request), Voucher = voucher, Path = viewer.PathOf(voucher.TaxYear) }));

    private static Task<IResult> DownloadVoucher(HttpContext http, int quarter, IDocumentRenderer renderer) =>
        OfVoucher(http, quarter, (_, voucher) => TaxReportEndpoints.Pdf(voucher, renderer));

    private static async Task<IResult> Feed(HttpContext http, string secret, TaxCalendarFeed feed)
    {
        if (await Bearer(http, secret, TaxLinkKind.Calendar) is not var (link, policy)) return SharedLink.Unknown();
        PageHeaders.Guard(http);
        var context = link.Session.Context;
        return feed.Of(context.Book, await link.Session.Today(), context.Now, policy.DaysBefore);
    }

    private static Task<IResult> OfReport(HttpContext http, string? language, Func<Viewer, TaxReport, IResult> answer) =>
        Of(http, async viewer =>
        {
            var desk = http.RequestServices.GetRequiredService<ReportDesk>();
            var (report, rejection) = await desk.Of(viewer.Book, viewer.Wish, language, http.RequestAborted);
            return report is null ? Problem.Of(rejection!).AsResult() : answer(viewer, report);
        });

    private static Task<IResult> OfEstimate(HttpContext http, Func<Viewer, Estimated, Task<IResult>> answer) => Of(http, async viewer =>
        http.RequestServices.GetRequiredService<EstimateDesk>()
            .TryEstimate(viewer.Book, viewer.Wish, out var estimated, out var rejection)
            ? await answer(viewer, estimated)
            : Problem.Of(rejection).AsResult());

    private static Task<IResult> OfVoucher(HttpContext http, int quarter, Func<Viewer, VoucherModel, IResult> answer) =>
        OfEstimate(http, (viewer, estimated) => Task.FromResult(TaxReportEndpoints.IsQuarter(quarter)
            ? answer(viewer, http.RequestServices.GetRequiredService<ReportDesk>().Voucher(
                viewer.Book, estimated, quarter, PageWords.For(http.Request).Code))
            : Problem.NotFound("quarter; there are 1, 2, 3 and 4").AsResult()));

    private static async Task<IResult> Of(HttpContext http, Func<Viewer, Task<IResult>> answer)
    {
        PageHeaders.Guard(http);
        if (http.Request.RouteValues["secret"] is string secret)
        {
            return await Bearer(http, secret, TaxLinkKind.Report) is var (link, _)
                ? await answer(Viewer.Of(http, link.Session.Context.Book, await link.Session.Today(), $"/t/{secret}", isSignedIn: false))
                : SharedLink.Unknown();
        }
        var (call, instead) = await PageCall.For(http, Keepers);
        return call is null ? instead! : await answer(Viewer.Of(http, call.Book, PracticeDay.Of(call), "/tax", isSignedIn: true));
    }

    private static async ValueTask<(SharedLink Link, TaxPolicyState Policy)?> Bearer(HttpContext http, string secret, string opens)
    {
        var queries = http.RequestServices.GetRequiredService<TaxPolicyQueries>();
        if (await SharedLink.Open(http, secret, hash => queries.FindLink(hash, opens)) is not { } link) return null;
        var policy = await link.Session.Load(TaxPolicy.Stream, link.Grant.Book.Value);
        return policy.Links.GetValueOrDefault(link.Grant.LinkId) is { Secret.IsRevoked: false } ? (link, policy) : null;
    }

    /// <param name="Wish">Of the year that the address names, or else the one whose due date is next.</param>
    private sealed record Viewer(BookId Book, EstimateWish Wish, string Folder, bool IsSignedIn)
    {
        public static Viewer Of(HttpContext http, BookId book, LocalDate today, string folder, bool isSignedIn)
        {
            var year = http.Request.RouteValues["year"] is string named
                ? int.Parse(named, CultureInfo.InvariantCulture)
                : TaxDates.Next(today).Year;
            return new Viewer(book, new EstimateWish(year, today, ProjectionChoice.Default), folder, isSignedIn);
        }

        public string PathOf(int year) => FormattableString.Invariant($"{Folder}/{year}");
    }
}
