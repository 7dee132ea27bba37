using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Api;

/// <summary>One call of the API.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">With <c>{id}</c> for an object's id.</param>
/// <param name="Kind">Of the object answered, as in its <c>object</c>; of the elements, for a list.</param>
/// <param name="Parameters">All that it takes; anything else is refused.</param>
/// <param name="Handle">Runs under the sandbox's gate.</param>
internal sealed record ApiEndpoint(
    string Method, string Path, string Kind, IReadOnlyList<Parameter> Parameters, Func<ApiRequest, Answer> Handle)
{
    private bool IsList => Parameters.Any(parameter => parameter.Name == "starting_after");

    private readonly string[] _parts = Path.Split('/');

    /// <summary>What is wrong with the parameters, if anything.</summary>
    public StripeError? Check(FormNode form) =>
        ParameterCheck.Check(form, Parameters) ?? Expansion.Check(Kind, IsList, form);

    /// <summary>The id in this path; empty where the pattern has none; null where the path is another.</summary>
    public string? Match(string method, string path)
    {
        if (method != Method) return null;
        var parts = path.Split('/');
        if (parts.Length != _parts.Length) return null;
        var id = "";
        for (var i = 0; i < parts.Length; i++)
        {
            if (_parts[i] == "{id}") id = parts[i];
            else if (_parts[i] != parts[i]) return null;
        }
        return id;
    }
}
