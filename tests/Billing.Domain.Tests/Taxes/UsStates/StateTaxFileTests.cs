using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsStates;
using Billing.Domain.Tests.Taxes.UsFederal;

namespace Billing.Domain.Tests.Taxes.UsStates;

public sealed class StateTaxFileTests
{
    [Theory]
    [InlineData("\"baseTax\": 342 }", "\"baseTax\": 341 }", "another base tax")]
    [InlineData("{ \"over\": 100000, ", "{ \"over\": 100001, ", "does not start")]
    [InlineData("\"rate\": 0.03125", "\"rate\": 0.0275", "rising rate")]
    [InlineData("\"upTo\": null, \"rate\": 0.03125", "\"upTo\": 200000, \"rate\": 0.03125", "ends wrongly")]
    [InlineData("\"jurisdiction\": \"us-oh\"", "\"jurisdiction\": \"us-zz\"", "no state")]
    [InlineData("\"year\": 2025", "\"year\": 2026", "version")]
    [InlineData("\"name\": \"Ohio\",", "", "name")]
    [InlineData("\"name\": \"Ohio\",", "\"name\": \"Ohio\", \"capital\": \"Columbus\",", "capital")]
    [InlineData("\"incomeTax\": {", "\"withoutIncomeTax\": { \"value\": true, \"source\": \"x\", \"confidence\": \"low\" }, \"incomeTax\": {", "or says")]
    [InlineData("\"value\": \"federalAgi\"", "\"value\": \"agi\"", "base")]
    [InlineData("\"for\": \"person\"", "\"for\": \"people\"", "for")]
    [InlineData("{ \"amount\": 2150, \"upTo\": 80000 }", "{ \"amount\": 2150, \"upTo\": 40000 }", "do not rise")]
    [InlineData("            { \"amount\": 0 }", "            { \"amount\": 0, \"upTo\": 900000 }", "to an open one")]
    [InlineData("\"value\": 0.03,", "\"value\": 3,", "no share")]
    [InlineData("\"value\": 0.03,", "\"value\": -0.03,", "negative")]
    [InlineData("\"source\": \"OHT\"", "\"source\": \" \"", "no source")]
    [InlineData("[0.25, 0.5, 0.75, 1]", "[0.25, 0.5, 0.75, 0.9]", "grow to the whole")]
    [InlineData("[0.25, 0.5, 0.75, 1]", "[0.25, 0.5, 0.4, 1]", "grow to the whole")]
    [InlineData("[0.25, 0.5, 0.75, 1]", "[0.5, 1]", "grow to the whole")]
    public void Refuses_a_file_with_a_mistake(string good, string mistake, string complaint)
    {
        var text = ParameterFile.Text("state-tax-parameters/us-oh-2025.json");
        var at = text.IndexOf(good, StringComparison.Ordinal);
        Assert.True(at >= 0, good);

        var problem = Assert.Throws<InvalidDataException>(() => StateTaxFile.Parse(text[..at] + mistake + text[(at + good.Length)..]));

        Assert.Contains(complaint, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_abbreviation_of_a_source_is_explained_and_every_assumption_is_told()
    {
        Assert.All(StateTaxLibrary.All, file =>
        {
            Assert.StartsWith("No figure was read from a primary document", file.Provenance, StringComparison.Ordinal);
            var text = ParameterFile.Text($"state-tax-parameters/{file.Jurisdiction}-{file.Year}.json");
            var figures = text[text.IndexOf("ncomeTax\": {", StringComparison.Ordinal)..];
            Assert.All(file.Sources.Keys, name => Assert.Contains(name, figures, StringComparison.Ordinal));
            if (file.IncomeTax is { Instalments.CumulativeShares.Confidence: Confidence.Unverified } tax)
                Assert.Contains(tax.Limits, limit => limit.Contains("was not looked up", StringComparison.Ordinal));
        });
        Assert.Equal(51, StateTaxLibrary.All.Count);
    }
}
