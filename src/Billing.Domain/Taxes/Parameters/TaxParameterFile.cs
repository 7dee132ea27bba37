namespace Billing.Domain.Taxes.Parameters;

/// <summary>Reads one parameter file of US federal tax, strictly.</summary>
public static class TaxParameterFile
{
    /// <summary>The parameters that the text holds.</summary>
    /// <exception cref="InvalidDataException">It is no parameter file, or its figures disagree.</exception>
    public static TaxParameters Parse(string json) =>
        ParameterJson.Read<TaxParameters>(json, TaxParameterCheck.Problems, parameters => parameters.Version);
}
