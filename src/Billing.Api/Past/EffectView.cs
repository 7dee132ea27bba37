using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Past;

/// <summary>What a command would change in money and tax; what it leaves as it is stands nowhere in it.</summary>
/// <param name="On">The day up to which unbilled work counts, and of the estimate.</param>
/// <param name="TaxYear">Of the estimate: the year whose next payment is due.</param>
public sealed record EffectView(LocalDate On, int TaxYear, IReadOnlyList<EffectFigureView> Figures);

/// <param name="Figure">One of <see cref="BookFigures.Names"/>.</param>
/// <param name="Before">Null where it cannot be said, such as what work without a rate would bring.</param>
/// <param name="Change">Null where one of both cannot be said.</param>
public sealed record EffectFigureView(string Figure, Money? Before, Money? After, Money? Change);
