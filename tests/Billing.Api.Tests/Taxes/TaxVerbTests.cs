using Billing.Api.Tests.Hosting;

namespace Billing.Api.Tests.Taxes;

/// <summary>Files of cases through the program, as somebody who checks the calculation runs it.</summary>
public sealed class TaxVerbTests : IDisposable
{
    private const string Households =
        "id,year,status,age,spouse_age,blind,spouse_blind,se_income,spouse_se_income,wages,spouse_wages,interest,other_income,"
        + "n_u17,n_other_dep,sstb,sehi,sep,remark\n"
        + """
        a,2026,single,40,,0,0,50000,,,,,,0,0,0,,,ignored
        b,2025,single,,,,,100000,,,,,,,,,,,
        c,2024,mfj,40,40,0,0,60000,0,0,0,0,0,0,0,0,0,0,
        d,2027,single,40,,0,0,50000,,,,,,,,,,,
        e,2026,widowed,40,,0,0,50000,,,,,,,,,,,
        f,2026,single,40,,0,0,"50,000",,,,,,,,,,,
        g,2026,single,40,,0,0,50000,,-1,,,,,,,,,
        h,2026,hoh,66,50,1,1,50000,90000,,80000,,,,,,,,

        """;

    private static readonly string Filers =
        "id,year,status,age,n_u17,ai,wages,interest,withholding,line8,"
        + string.Join(',', "abcd".Select(letter => $"cum_profit_{letter},cum_wages_{letter},cum_interest_{letter},est_paid_{letter}"))
        + "\n"
        + """
        late,2025,single,40,0,1,0,0,0,20362,0,0,0,0,5000,0,0,500,20000,0,0,3000,100000,0,0,0
        even,2025,single,40,0,0,0,0,400,20000,0,0,0,5000,5000,0,0,4800,20000,0,0,0,100000,0,0,0
        wrong,2025,single,40,0,1,0,0,0,x,0,0,0,0,5000,0,0,0,20000,0,0,0,100000,0,0,0

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("billing-tax-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Works_out_each_household_in_cents_and_says_what_is_wrong_with_a_row_in_its_own_line()
    {
        var (run, lines) = await Run(Households, "batch");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.StartsWith("8 cases, 4 with an error, in ", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            "id,se_tax,half_se,agi,std_ded,senior_ded,qbi_ded,taxable_income,income_tax,amt,nonref_credits,addl_medicare,niit,total_tax,error",
            lines[0]);
        Assert.Equal("a,7064.78,3532.39,46467.61,16100.00,0.00,6073.52,24294.09,2667.29,0.00,0.00,0.00,0.00,9732.07,", lines[1]);
        Assert.Equal("b,14129.55,7064.78,92935.23,15750.00,0.00,15437.05,61748.18,8498.60,0.00,0.00,0.00,0.00,22628.15,", lines[2]);
        Assert.Equal("c,8477.73,4238.87,55761.14,29200.00,0.00,5312.23,21248.91,2124.89,0.00,0.00,0.00,0.00,10602.62,", lines[3]);
        Assert.Equal(
            "d,,,,,,,,,,,,,,There are no tax figures for 2027 yet. Estimates can be made for 2024, 2025, 2026.", Unquoted(lines[4]));
        Assert.Equal("e,,,,,,,,,,,,,,status is single, mfj, mfs, hoh or qss", Unquoted(lines[5]));
        Assert.StartsWith("f,,,,,,,,,,,,,,se_income is no plain amount", Unquoted(lines[6]), StringComparison.Ordinal);
        Assert.StartsWith("g,,,,,,,,,,,,,,/household/taxpayer/wages: ", Unquoted(lines[7]), StringComparison.Ordinal);
        // The spouse's columns count on a joint return only: a head of household of 66 and blind has two boxes.
        Assert.Equal("h,7064.78,3532.39,46467.61,28250.00,6000.00,2443.52,9774.09,977.41,0.00,0.00,0.00,0.00,8042.18,", lines[8]);
        Assert.Equal(9, lines.Length);
    }

    [Fact]
    public async Task In_form_mode_every_line_is_in_whole_dollars_and_the_tax_that_of_the_table()
    {
        var (_, lines) = await Run(Households, "batch", "--form");

        Assert.Equal("b,14129.00,7065.00,92935.00,15750.00,0.00,15437.00,61748.00,8494.00,0.00,0.00,0.00,0.00,22623.00,", lines[2]);
    }

    [Fact]
    public async Task Works_out_instalments_of_both_methods_with_what_was_underpaid()
    {
        var (run, lines) = await Run(Filers, "instalments", "--form");

        Assert.StartsWith("3 cases, 1 with an error, in ", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("id,ai_13_a,ai_14_a,ai_15_a,ai_19_a,a_10_a,a_17_a,a_18_a,ai_13_b,", lines[0], StringComparison.Ordinal);
        // The smaller of 20,362 and nine tenths of 22,623 in four parts; the annualized columns ask for less until the last.
        Assert.Equal(
            "late,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,1695.00,1695.00,762.75,262.75,0.00,"
            + "9705.00,973.00,4238.00,5211.00,2754.68,17.43,0.00,61748.00,8494.00,14129.00,22623.00,16843.27,16843.27,0.00,",
            lines[1]);
        // 5,000 a date and 100 of withholding at each: 100 too much, of which the second takes all; nothing of the rest.
        Assert.Equal(
            "even,0.00,0.00,0.00,0.00,5000.00,0.00,100.00,0.00,0.00,1695.00,1695.00,5000.00,0.00,0.00,"
            + "9705.00,973.00,4238.00,5211.00,5000.00,4900.00,0.00,61748.00,8494.00,14129.00,22623.00,5000.00,5000.00,0.00,",
            lines[2]);
        Assert.StartsWith("wrong,,", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_the_columns_is_refused_in_a_line()
    {
        var (run, _) = await Run("id,year,status\n1,2026,single\n", "batch");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("has no column se_income", run.Errors, StringComparison.Ordinal);
    }

    private static string Unquoted(string line) => line.Replace("\"", "", StringComparison.Ordinal);

    private async Task<(ProgramRun Run, string[] Lines)> Run(string cases, string verb, params string[] further)
    {
        var (from, to) = (Path.Combine(_folder, "cases.csv"), Path.Combine(_folder, "results.csv"));
        var cancellationToken = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(from, cases, cancellationToken);
        var run = await ProgramRun.Of(["tax", verb, "--in", from, "--out", to, .. further]);
        return (run, File.Exists(to) ? await File.ReadAllLinesAsync(to, cancellationToken) : []);
    }
}
