using System.Reflection;

namespace Billing.Api.Http;

/// <summary>Says in the API's description which texts a field takes. Whether one is taken is the domain's to decide.</summary>
/// <param name="owner">Where the list of them is.</param>
/// <param name="list">The name of a public static property or field of it.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute(Type owner, string list) : Attribute
{
    /// <exception cref="InvalidOperationException">There is no such list.</exception>
    public IReadOnlyList<string> Words { get; } = owner.GetProperty(list, BindingFlags.Public | BindingFlags.Static)?.GetValue(null)
        as IReadOnlyList<string> ?? throw new InvalidOperationException($"{owner.Name} has no list {list}.");
}
