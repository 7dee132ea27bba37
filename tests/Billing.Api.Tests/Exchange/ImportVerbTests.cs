using Billing.Api.Tests.Hosting;

namespace Billing.Api.Tests.Exchange;

[Collection(ServerProcess.Collection)]
public sealed class ImportVerbTests
{
    [Fact]
    public async Task The_import_verb_names_what_it_left_out_and_is_safe_to_run_twice()
    {
        await using var server = await ServerProcess.Start();
        using var owner = new Person(server.Address, server.OwnerToken);

        var dry = await Import(server, "--dry-run");
        Assert.Contains(
            "Dry run, nothing written: 13 rows, 8 imported, 0 already there, 5 refused; 38.58 hours.", dry.Output,
            StringComparison.Ordinal);
        Assert.Empty((await owner.Get("/v1/time-entries")).Ok().List("items"));

        var real = await Import(server);
        Assert.Contains("\n13 rows, 8 imported, 0 already there, 5 refused; 38.58 hours.", real.Output, StringComparison.Ordinal);
        Assert.Contains("New: 2 clients, 3 engagements, 2 assistants.", real.Output, StringComparison.Ordinal);
        Assert.Contains("row 8 (line 11): refused, hours-unreadable:", real.Output, StringComparison.Ordinal);
        Assert.Equal(8, (await owner.Get("/v1/time-entries")).Ok().List("items").Count);

        var again = await Import(server);
        Assert.Contains("13 rows, 0 imported, 8 already there, 5 refused; 38.58 hours.", again.Output, StringComparison.Ordinal);
        Assert.Equal((2, 2, 2), (dry.ExitCode, real.ExitCode, again.ExitCode));
    }

    [Fact]
    public async Task The_import_verb_takes_files_of_other_programs_and_asks_for_what_they_do_not_say()
    {
        await using var server = await ServerProcess.Start();
        string[] harvest =
        [
            "import", Path.Combine(AppContext.BaseDirectory, "Exchange", "Files", "harvest.csv"), "--from", "harvest",
            "--url", server.Address.GetLeftPart(UriPartial.Authority), "--token", server.OwnerToken,
        ];

        var unclear = await ProgramRun.Of([.. harvest, "--date-form", "dd/mm"]);
        Assert.Equal(1, unclear.ExitCode);
        Assert.StartsWith("dateForm must be one of yyyy-mm-dd, mm/dd/yyyy,", Assert.Single(Lines(unclear.Errors)), StringComparison.Ordinal);

        var real = await ProgramRun.Of([.. harvest, "--add-members", "--billed-before", "billable", "--decimal", "comma"]);
        Assert.Equal(2, real.ExitCode);
        Assert.Contains("Days were read as yyyy-mm-dd, decimals with a comma.", real.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was taken from: Project Code, Hours Rounded, Approved?,", real.Output, StringComparison.Ordinal);
        Assert.Contains("4 rows, 3 imported, 0 already there, 1 refused; 21.26 hours.", real.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_import_verb_says_what_is_wrong_in_a_line()
    {
        await using var server = await ServerProcess.Start();
        var url = server.Address.GetLeftPart(UriPartial.Authority);

        var noFile = await ProgramRun.Of("import", "no-such-file.csv", "--url", url, "--token", server.OwnerToken);
        var noAccess = await ProgramRun.Of("import", TimesheetFiles.Sample, "--url", url, "--token", "bill_of_nobody_at_all");

        var noAddress = await ProgramRun.Of("import", TimesheetFiles.Sample, "--url", "here", "--token", server.OwnerToken);

        Assert.Equal((1, 1, 1), (noFile.ExitCode, noAccess.ExitCode, noAddress.ExitCode));
        Assert.Equal("'here' is no http or https address.", Assert.Single(Lines(noAddress.Errors)));
        Assert.StartsWith("There is no file ", Assert.Single(Lines(noFile.Errors)), StringComparison.Ordinal);
        Assert.StartsWith("The token is unknown", Assert.Single(Lines(noAccess.Errors)), StringComparison.Ordinal);
    }

    private static Task<ProgramRun> Import(ServerProcess server, params string[] options) => ProgramRun.Of(
    [
        "import", TimesheetFiles.Sample, "--url", server.Address.GetLeftPart(UriPartial.Authority), "--token", server.OwnerToken,
        "--per-hour", "37.35", .. options,
    ]);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
