"""The words of the first pages. An editor changes them at the desk; this file only starts them."""

OPERATOR = "<b>[à compléter par l’exploitant : {}]</b>"

HOME = {
    "title": "Accueil",
    "heading": "Des petites villes qui changent, un programme qui les accompagne",
    "introduction": (
        "Petites villes de demain donne aux élus des communes de moins de 20 000 habitants, et de leurs "
        "intercommunalités, les moyens de concrétiser leurs projets de territoire."
    ),
    "presentation": (
        "<p>Lancé en octobre 2020, le programme réunit l’État, l’Agence nationale de la cohésion des territoires et "
        "leurs partenaires autour des communes qui exercent des fonctions de centralité et montrent des signes de "
        "fragilité. Il leur apporte un soutien en ingénierie, des financements sur des mesures ciblées, et un réseau, "
        "le Club, où les équipes partagent leurs réussites et leurs difficultés.</p>"
        "<p>Sur ce site, vous lisez la lettre du programme et tous ses anciens numéros. Chaque chiffre publié dit sa "
        "date, son numérateur et son dénominateur.</p>"
    ),
    "invitation": (
        "Une fois par mois, l’actualité du programme, les rencontres du Club, les appels à projets ouverts et les "
        "ressources utiles. Votre adresse ne sert qu’à cela et vous partez d’un clic."
    ),
    "search_description": (
        "La lettre du programme Petites villes de demain, ses anciens numéros et son point d’avancement daté."
    ),
}

NEWSLETTER = {
    "title": "La lettre",
    "sender_name": "Petites villes de demain",
    "sender_address": "lettre@beffroi.localhost",
    "contact_address": "",
    "reply_to": "",
    "publisher": "",
    "postal_address": "",
    "rights_notice": (
        "<p>Votre adresse sert uniquement à vous envoyer cette lettre, sur la base de votre consentement. Vous pouvez "
        "vous désinscrire à tout moment. Vous disposez d’un droit d’accès, de rectification, d’opposition et "
        "d’effacement, et vous pouvez saisir la CNIL.</p>"
    ),
    "search_description": "Tous les numéros de la lettre mensuelle du programme Petites villes de demain.",
}

LEGAL_NOTICE = {
    "title": "Mentions légales",
    "introduction": "",
    "search_description": "Éditeur, hébergeur et conditions de réutilisation du site.",
    "body": (
        "<h2>Éditeur</h2>"
        "<p>Ce site est édité par " + OPERATOR.format("nom, adresse postale et téléphone de l’éditeur") + ".</p>"
        "<h2>Direction de la publication</h2>"
        "<p>" + OPERATOR.format("nom et qualité du directeur ou de la directrice de la publication") + "</p>"
        "<h2>Hébergement</h2>"
        "<p>" + OPERATOR.format("nom, adresse et téléphone de l’hébergeur") + "</p>"
        "<h2>Réutilisation des contenus</h2>"
        "<p>Sauf mention contraire, les textes et les données de ce site sont proposés sous "
        "<a href=\"https://www.etalab.gouv.fr/licence-ouverte-open-licence/\">Licence Ouverte 2.0</a> : vous pouvez "
        "les reproduire, les adapter et les diffuser, à condition d’en citer la source et la date.</p>"
        "<p>Les images portent le crédit indiqué à côté d’elles. Elles ne sont réutilisables que si la licence "
        "qui l’accompagne le permet.</p>"
        "<p>La liste officielle des communes, des intercommunalités, des départements et des régions provient du code "
        "officiel géographique de l’Insee, diffusé sous Licence Ouverte.</p>"
        "<h2>Logiciel</h2>"
        "<p>Ce site fonctionne avec Beffroi, un logiciel libre publié sous licence EUPL 1.2.</p>"
        "<h2>Liens</h2>"
        "<p>Tout site peut créer un lien vers ces pages sans demander d’autorisation. Les liens vers d’autres sites "
        "n’engagent pas l’éditeur sur leur contenu.</p>"
        "<h2>Signaler une erreur ou une faille de sécurité</h2>"
        "<p>Un chiffre vous paraît faux, une page ne fonctionne pas, vous avez trouvé une faille ? Écrivez à "
        + OPERATOR.format("adresse électronique") + ". Merci de ne pas publier une faille avant qu’elle soit "
        "corrigée.</p>"
    ),
}

PERSONAL_DATA = {
    "title": "Données personnelles",
    "introduction": "Ce que ce site sait de vous, pourquoi, pendant combien de temps, et comment faire valoir vos droits.",
    "search_description": "Traitement des données personnelles, cookies et exercice de vos droits.",
    "body": (
        "<h2>Si vous lisez le site</h2>"
        "<p>Aucune mesure d’audience, aucun traceur, aucune ressource chargée depuis un autre site. Les pages ne "
        "demandent aucun compte. Le serveur peut tenir un journal technique des requêtes, avec leur adresse IP, "
        "conservé pendant " + OPERATOR.format("durée de conservation de ce journal") + ".</p>"
        "<h2>Si vous vous inscrivez à la lettre</h2>"
        "<p><b>Responsable du traitement.</b> "
        + OPERATOR.format("nom et adresse du responsable du traitement") + "</p>"
        "<p><b>Finalité.</b> Vous envoyer la lettre du programme, et rien d’autre.</p>"
        "<p><b>Base légale.</b> Votre consentement, donné par le formulaire puis confirmé par le lien que vous "
        "recevez. Sans cette confirmation, aucune lettre n’est envoyée.</p>"
        "<p><b>Données traitées.</b> Votre adresse électronique, la "
        "preuve de votre consentement (le texte présenté, les dates et le moyen), et le résultat technique de chaque "
        "envoi : lettre acceptée ou refusée par votre messagerie. Ni votre adresse IP ni votre navigateur ne sont "
        "conservés avec votre inscription.</p>"
        "<p><b>Ce que nous ne mesurons pas.</b> La lettre ne contient ni image de suivi ni ressource propre à "
        "chaque destinataire : nous ne savons pas si vous l’avez ouverte.</p>"
        "<p><b>Destinataires.</b> Les personnes chargées de la lettre, l’hébergeur du site et l’opérateur qui achemine "
        "le courrier : " + OPERATOR.format("nom de cet opérateur") + ". Aucune donnée n’est vendue ni cédée.</p>"
        "<p><b>Durée.</b> Tant que vous êtes inscrit. Une inscription qui n’est pas confirmée est effacée au bout "
        "de trente jours. Après votre désinscription, votre adresse et la preuve de votre consentement sont "
        "conservées trois ans, puis effacées. Une empreinte de l’adresse, qui ne permet pas de la retrouver, reste "
        "sur la liste des adresses auxquelles ne plus écrire.</p>"
        "<h2>Se désinscrire</h2>"
        "<p>Chaque lettre porte un lien de désinscription, et les messageries qui le proposent affichent un bouton. "
        "Votre demande prend effet aussitôt, sans mot de passe ni question.</p>"
        "<h2>Si vous avez un compte au bureau</h2>"
        "<p>Le site conserve votre nom, votre adresse électronique et le journal de vos actes, parce que "
        "l’approbation d’une lettre et la correction d’un chiffre doivent pouvoir être attribuées.</p>"
        "<h2>Cookies</h2>"
        "<p>Les pages publiques ne déposent aucun cookie. Le bureau, où travaillent les équipes, en utilise deux, "
        "indispensables : l’un maintient la session ouverte, l’autre protège les formulaires.</p>"
        "<h2>Vos droits</h2>"
        "<p>Vous pouvez accéder à vos données, les faire rectifier ou effacer, vous opposer à leur traitement, en "
        "demander la limitation ou la portabilité, et retirer votre consentement à tout moment. Écrivez à "
        + OPERATOR.format("adresse électronique") + " ou au délégué à la protection des données : "
        + OPERATOR.format("coordonnées du délégué") + ". Une réponse vous est due dans un délai d’un mois.</p>"
        "<p>Si cette réponse ne vous satisfait pas, vous pouvez adresser une réclamation à la "
        "<a href=\"https://www.cnil.fr/fr/plaintes\">Commission nationale de l’informatique et des libertés</a> "
        "(CNIL), 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07.</p>"
    ),
}

ACCESSIBILITY = {
    "title": "Accessibilité : non conforme",
    "introduction": "Déclaration d’accessibilité au sens de l’article 47 de la loi du 11 février 2005.",
    "search_description": "Déclaration d’accessibilité du site : état, contrôles, contact et recours.",
    "body": (
        "<p>" + OPERATOR.format("nom de l’organisme") + " s’engage à rendre ce site accessible, conformément à "
        "l’article 47 de la loi n° 2005-102 du 11 février 2005.</p>"
        "<h2>État de conformité</h2>"
        "<p>Ce site est <b>non conforme</b> au référentiel général d’amélioration de l’accessibilité (RGAA), "
        "version 4.1, parce qu’<b>aucun audit de conformité n’a encore été réalisé</b>. Cet état ne préjuge pas de "
        "l’accessibilité réelle des pages : il dit seulement qu’elle n’a pas été établie.</p>"
        "<h2>Ce qui est contrôlé</h2>"
        "<p>À chaque version du logiciel, des contrôles automatiques ouvrent dans le navigateur Chromium l’accueil, les "
        "pages de texte, l’archive et un numéro de la lettre, un point d’avancement, l’inscription, la confirmation, "
        "la désinscription et la page d’erreur, ainsi que les courriels envoyés. Ils y recherchent, avec l’outil "
        "axe-core, les manquements aux règles WCAG 2.2, niveaux A et AA. Sont aussi vérifiés : le lien d’évitement et "
        "la visibilité du focus au clavier, la lecture sans défilement horizontal à 320 pixels de large, et le menu "
        "lorsque JavaScript est désactivé.</p>"
        "<p>Ces contrôles ne remplacent pas un audit : ils ne détectent qu’une partie des défauts. À ce jour, "
        "aucun essai n’a été mené avec un lecteur d’écran, ni par des personnes handicapées. Le bureau, où "
        "travaillent les équipes, n’est pas contrôlé.</p>"
        "<h2>Contenus non accessibles</h2>"
        "<p>Faute d’audit, la liste des non-conformités n’est pas établie. Des numéros anciens de la lettre peuvent "
        "comporter des liens dont la cible n’a pas été retrouvée, et des images dont la description reste à "
        "écrire.</p>"
        "<h2>Établissement de cette déclaration</h2>"
        "<p>Technologies utilisées : HTML, CSS, JavaScript et SVG. JavaScript n’est nécessaire à aucune page "
        "publique.</p>"
        "<h2>Retour d’information et contact</h2>"
        "<p>Si vous n’arrivez pas à accéder à un contenu ou à un service, écrivez à "
        + OPERATOR.format("adresse électronique ou formulaire de contact")
        + " : nous vous orienterons vers une solution accessible ou nous vous enverrons le contenu sous une autre "
        "forme.</p>"
        "<h2>Voies de recours</h2>"
        "<p>Vous avez signalé un défaut d’accessibilité qui vous empêche d’accéder à un contenu ou à un service, et "
        "vous n’avez pas obtenu de réponse satisfaisante ? Vous pouvez :</p>"
        "<ul>"
        "<li>écrire un message au <a href=\"https://formulaire.defenseurdesdroits.fr/\">Défenseur des droits</a> ;</li>"
        "<li>contacter le <a href=\"https://www.defenseurdesdroits.fr/saisir/delegues\">délégué du Défenseur des "
        "droits dans votre région</a> ;</li>"
        "<li>envoyer un courrier, sans timbre, à : Défenseur des droits, Libre réponse 71120, 75342 Paris "
        "Cedex 07.</li>"
        "</ul>"
    ),
}

SITE_MAP = {"title": "Plan du site", "search_description": "Toutes les pages du site."}
