using System.Text.RegularExpressions;
using Billing.Domain.Values;
using static Billing.Domain.Access.BusinessEvent;

namespace Billing.Domain.Access;

/// <content>How the practice's documents look.</content>
public static partial class Business
{
    /// <summary>Refuses: <c>business-unknown</c>, <c>accent-colour-malformed</c>.</summary>
    public static Decision<BusinessEvent> Decide(BusinessState state, ChooseAccentColour command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        if (command.Colour is { } colour && !ColourForm().IsMatch(colour))
        {
            return Invalid(
                "accent-colour-malformed", "A colour is written as # and six hexadecimal digits, such as #0F5C6E.", "/accentColour");
        }
        var chosen = command.Colour?.ToUpperInvariant();
        return open.Look.AccentColour == chosen ? Decision<BusinessEvent>.AlreadyDone : new AccentColourChosen(chosen, command.At);
    }

    /// <summary>Refuses: <c>business-unknown</c>.</summary>
    public static Decision<BusinessEvent> Decide(BusinessState state, PlaceLogo command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        if (open.Look.Logo == command.Logo) return Decision<BusinessEvent>.AlreadyDone;
        if (command.Logo is not { } logo) return new LogoTakenOff(command.At);
        if (!Sha256Text.IsOne(logo.Hash)) throw new ArgumentException("A logo is named by its hash.", nameof(command));
        return new LogoPlaced(logo, command.At);
    }

    [GeneratedRegex(@"\A#[0-9A-Fa-f]{6}\z")]
    private static partial Regex ColourForm();
}
